import type { FieldPath, FieldValues, UseFormSetError } from "react-hook-form";
import { refusalOf } from "../api/refusal";
import { type PlacedRefusal, placeRefusal } from "./form-refusal";

/**
 * For `onError` of what a form sends: each complaint goes under its field and the first of them gets the focus; what
 * is about the whole goes to `errors.root`, which FormAlert shows. Answers the rest, such as how long to wait.
 */
export function showRefusal<Values extends FieldValues, Name extends FieldPath<Values>>(
  form: { setError: UseFormSetError<Values> },
  fields: readonly Name[],
  error: unknown,
): PlacedRefusal<Name> {
  const placed = placeRefusal(refusalOf(error), fields);
  const wrong = fields.filter((name) => placed.fields[name] !== undefined);
  for (const [index, name] of wrong.entries()) {
    form.setError(name, { message: placed.fields[name] ?? "" }, { shouldFocus: index === 0 });
  }
  if (placed.form) form.setError("root", { message: placed.form });
  return placed;
}
