"use client";

import { useId } from "react";
import { Field } from "../primitives/field";
import { PasswordHintList } from "./password-hint-list";
import type { PasswordHint } from "./password-hints";
import { PasswordInput } from "./password-input";

/** A password that somebody chooses, with what it must meet under it. The props are those of the input. */
export function NewPasswordField({
  label,
  error,
  hints,
  ...input
}: Parameters<typeof PasswordInput>[0] & {
  label: string;
  error: string | undefined;
  hints: readonly PasswordHint[];
}) {
  const hintsId = useId();
  return (
    <div>
      <Field label={label} error={error}>
        <PasswordInput size="lg" autoComplete="new-password" aria-describedby={hintsId} {...input} />
      </Field>
      <PasswordHintList id={hintsId} hints={hints} missed={error !== undefined} />
    </div>
  );
}
