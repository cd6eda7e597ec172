import { envFaults } from "./env-faults";
import { settings } from "./env-settings";
import { type Env, toEnv } from "./env-shape";

export type { Env } from "./env-shape";
export { type SignInRules, toSignInRules } from "./env-sign-in";
export { loadPreviousSecrets, loadSecret } from "./secret-file";

/** Every fault of the settings at once, each in words that say what to do. */
export class EnvError extends Error {
  constructor(readonly faults: string[]) {
    super(`The settings cannot be used:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.name = "EnvError";
  }
}

/** Reads and checks the settings; an empty value counts as not set. Throws `EnvError` with all faults. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const given = Object.fromEntries(
    Object.keys(settings.shape).map((name) => [name, source[name]?.trim() || undefined]),
  );
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    throw new EnvError(parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`));
  }
  const env = toEnv(parsed.data);
  const faults = envFaults(env);
  if (faults.length > 0) throw new EnvError(faults);
  return env;
}
