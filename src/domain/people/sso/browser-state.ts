import { z } from "zod";
import type { Ctx, Ground } from "@/domain/kernel";
import { badState } from "./refusal";

const purpose = "sso-state";
/** A person types a password and a second factor at the identity provider meanwhile. */
export const stateForMs = 10 * 60_000;

const stateSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
  atMs: z.number(),
});
/** What has to come back with the person: against forged answers, replayed tokens and stolen codes, and the way on. */
export type BrowserState = z.output<typeof stateSchema>;

/**
 * The cookie of a sign-in under way, sealed. `Lax`, because the answer comes by a link from another site, with which
 * a strict cookie does not travel. `url` is our public origin.
 */
export function stateCookie({ clock, sealer }: Pick<Ground, "clock" | "sealer">, url: string) {
  const secure = url.startsWith("https:");
  const name = secure ? "__Host-mc_sso" : "mc_sso";
  const attributes = `HttpOnly; SameSite=Lax; Path=/${secure ? "; Secure" : ""}`;
  return {
    carrying: (state: BrowserState) =>
      `${name}=${sealer.seal(JSON.stringify(state), purpose)}; Max-Age=${stateForMs / 1_000}; ${attributes}`,
    ending: () => `${name}=; Max-Age=0; ${attributes}`,
    /** Throws when there is none, it was not made here, or its ten minutes are over. */
    read(header: string | undefined): BrowserState {
      const sealed = header
        ?.split(";")
        .map((pair) => pair.trim())
        .find((pair) => pair.startsWith(`${name}=`))
        ?.slice(name.length + 1);
      const state = sealed ? opened(sealer, sealed) : null;
      if (!state || clock.now().getTime() - state.atMs > stateForMs) {
        throw badState(
          "This browser has no sign-in under way: it took longer than ten minutes, was finished already, or cookies are blocked.",
        );
      }
      return state;
    },
  };
}

function opened(sealer: Ctx["sealer"], sealed: string): BrowserState | null {
  try {
    return stateSchema.parse(JSON.parse(sealer.open(sealed, purpose)));
  } catch {
    return null;
  }
}
