"use client";

import { Field } from "../../primitives/field";
import { Input, type InputProps } from "../../primitives/input";

/** What the six digits must look like before they are worth sending; for `register("code", { pattern })`. */
export const codePattern = {
  value: /^\s*\d{3} ?\d{3}\s*$/,
  message: "Type the six digits that your app shows.",
};

/** Six digits of an authenticator app. Phones offer their number keys, password managers fill them in. */
export function CodeField({
  label = "Code",
  error,
  hint,
  ...input
}: InputProps & { label?: string; error: string | undefined; hint?: string }) {
  return (
    <Field label={label} error={error} {...(hint ? { hint } : {})}>
      <Input
        size="lg"
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCorrect="off"
        spellCheck={false}
        maxLength={12}
        placeholder="000 000"
        className="num mono tracking-[0.12em]"
        {...input}
      />
    </Field>
  );
}
