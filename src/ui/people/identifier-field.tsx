"use client";

import { Field } from "../primitives/field";
import { Input, type InputProps } from "../primitives/input";

/**
 * Whose account it is. A text field and not one for e-mail addresses: browsers refuse some that mail servers take, and
 * password managers know it by its `autocomplete`. The props are those of the input.
 */
export function IdentifierField({ missing, ...input }: InputProps & { missing: boolean }) {
  return (
    <Field label="E-mail or username" error={missing ? "Enter your e-mail address or username." : undefined}>
      <Input
        size="lg"
        type="text"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        {...input}
      />
    </Field>
  );
}
