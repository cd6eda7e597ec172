import { type ApiRefusal, waitMsOf } from "../api/refusal";
import { sentence } from "./sentence";

/** A refusal, taken apart for a form: what belongs under a field, and what belongs over the button. */
export interface PlacedRefusal<Field extends string> {
  fields: Partial<Record<Field, string>>;
  /** null when the fields say it all. */
  form: string | null;
  /** How long to wait before another try has a chance; 0: at once. */
  waitMs: number;
}

interface Complaint {
  path: string;
  message: string;
}

/**
 * Puts a refusal where it can be mended. Three shapes come: the schema's own issues (a JSON list as message, when a
 * value never reached the verb), `details.fields` with a path each, and a sentence about the whole.
 */
export function placeRefusal<Field extends string>(
  refusal: ApiRefusal,
  known: readonly Field[],
): PlacedRefusal<Field> {
  const issues = schemaIssues(refusal.message);
  const complaints = [...issues, ...namedFields(refusal.details)];
  const fields: Partial<Record<Field, string>> = {};
  const elsewhere: string[] = [];
  for (const { path, message } of complaints) {
    const field = known.find(
      (name) => path === name || path.startsWith(`${name}.`) || path.endsWith(`.${name}`),
    );
    if (!field) elsewhere.push(path ? `${path} ${message}` : message);
    else fields[field] = [fields[field], sentence(message)].filter(Boolean).join(" ");
  }
  const placed = Object.keys(fields).length > 0;
  const whole = issues.length > 0 ? elsewhere.map(sentence).join(" ") : refusal.message;
  return {
    fields,
    form: placed && elsewhere.length === 0 ? null : whole || null,
    waitMs: waitMsOf(refusal.details),
  };
}

function schemaIssues(message: string): Complaint[] {
  if (!message.startsWith("[")) return [];
  try {
    const parsed: unknown = JSON.parse(message);
    if (!Array.isArray(parsed)) return [];
    return parsed.filter(isIssue).map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  } catch {
    return [];
  }
}

function isIssue(value: unknown): value is { path: (string | number)[]; message: string } {
  if (typeof value !== "object" || value === null) return false;
  return (
    "path" in value && Array.isArray(value.path) && "message" in value && typeof value.message === "string"
  );
}

/** `details.fields` of a refusal: `{ path, message }` each, several for one field when several things are wrong. */
function namedFields(details: unknown): Complaint[] {
  if (typeof details !== "object" || details === null) return [];
  if (!("fields" in details) || !Array.isArray(details.fields)) return [];
  return details.fields.filter(isComplaint).map(({ path, message }) => ({ path, message }));
}

function isComplaint(value: unknown): value is Complaint {
  if (typeof value !== "object" || value === null) return false;
  return (
    "path" in value &&
    typeof value.path === "string" &&
    "message" in value &&
    typeof value.message === "string"
  );
}
