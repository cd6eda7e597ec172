import type { Ground } from "@/domain/kernel";
import { type SignInRules, toSignInRules } from "@/platform/env";

const defaults = toSignInRules({});

/** The rules of the settings; their defaults where the ground has none, as in programs without settings. */
export const signInRules = ({ signIn }: Pick<Ground, "signIn">): SignInRules => signIn ?? defaults;
