import type { ZodError } from "zod";

/** The first fault of a message in a sentence: where it is, and what it must be. */
export function firstFault(error: ZodError): string {
  const issue = error.issues[0];
  if (!issue) return "it has another form than expected.";
  const at = issue.path.map(String).join(".");
  return at === "" ? `The message ${issue.message}.` : `${at}: ${issue.message}.`;
}
