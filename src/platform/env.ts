import type { z } from "zod";
import { envFaults } from "./env-faults";
import { settings } from "./env-settings";
import { type Env, toEnv } from "./env-shape";

export { envWarnings } from "./env-faults";
export type { Env } from "./env-shape";
export { type SignInRules, toSignInRules } from "./env-sign-in";
export { fileFaults } from "./file-faults";
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
  if (!parsed.success) throw new EnvError(allFaults(given, source, parsed.error.issues));
  const env = toEnv(parsed.data);
  const faults = envFaults(env, source);
  if (faults.length > 0) throw new EnvError(faults);
  return env;
}

/** Malformed settings, and what is wrong with the others; nobody wants to hear of it one start after the other. */
function allFaults(
  given: Record<string, string | undefined>,
  source: Record<string, string | undefined>,
  issues: z.core.$ZodIssue[],
): string[] {
  const malformed = new Set(issues.map((issue) => String(issue.path[0])));
  const rest = settings.safeParse({
    ...given,
    ...Object.fromEntries([...malformed].map((name) => [name, undefined])),
  });
  const others = rest.success ? envFaults(toEnv(rest.data), source) : [];
  return [
    ...issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`),
    // Of a malformed setting it is known already what to do.
    ...others.filter((fault) => ![...malformed].some((name) => fault.includes(name))),
  ];
}
