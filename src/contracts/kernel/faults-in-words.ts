import { z } from "zod";

const things: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};
const units: Record<string, string> = { string: " characters", array: " entries" };

const either = (choices: readonly unknown[]) =>
  choices
    .map(String)
    .join(", ")
    .replace(/, ([^,]*)$/, " or $1");

/**
 * What is wrong with a field, for who fills in a form or writes a script; a message that a schema brings itself goes
 * first. zod's own words are for programmers: "Invalid input: expected string, received undefined".
 */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined && /^invalid_(type|value|union)$/.test(issue.code)) return "is missing";
  switch (issue.code) {
    case "invalid_type":
      return `must be ${things[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be ${either(issue.values)}`;
    case "invalid_union":
      return Array.isArray(issue.options)
        ? `must be ${either(issue.options)}`
        : "is none of what can stand here";
    case "invalid_key":
      return "holds a name that can't stand here";
    case "invalid_format":
      return issue.format === "email" ? "must be an e-mail address" : "is not of the right form";
    case "too_small":
      if (issue.origin === "string" && issue.minimum === 1) return "must not be empty";
      return `must ${units[issue.origin] ? "have" : "be"} at least ${issue.minimum}${units[issue.origin] ?? ""}`;
    case "too_big":
      return `must ${units[issue.origin] ? "have" : "be"} at most ${issue.maximum}${units[issue.origin] ?? ""}`;
    case "unrecognized_keys":
      return `holds fields that are not known here: ${issue.keys.join(", ")}`;
    default:
      return undefined;
  }
}

z.config({ customError: inWords });
