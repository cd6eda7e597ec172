import { sentence } from "../../../people/sentence";

/** Errors of a form as a list: where and what. */
export interface Fault {
  path: string;
  message: string;
}

function walk(errors: unknown, at: string, found: Fault[]): void {
  if (typeof errors !== "object" || errors === null) return;
  if ("message" in errors && typeof errors.message === "string" && errors.message !== "") {
    found.push({ path: at, message: sentence(errors.message) });
    return;
  }
  for (const [name, part] of Object.entries(errors)) {
    if (name !== "ref" && name !== "type") walk(part, at ? `${at}.${name}` : name, found);
  }
}

/** The errors of react-hook-form, however deep, as one list; `root` is the whole form's. */
export function faultsOf(errors: object): Fault[] {
  const found: Fault[] = [];
  walk(errors, "", found);
  return found;
}

/** The first fault at one of the paths, or below it. */
export function faultAt(faults: readonly Fault[], paths: readonly string[]): string | undefined {
  return faults.find(({ path }) => paths.some((at) => path === at || path.startsWith(`${at}.`)))?.message;
}
