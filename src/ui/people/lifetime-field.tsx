"use client";

import { type Control, Controller, type FieldPath, type FieldValues } from "react-hook-form";
import { Field } from "../primitives/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "../primitives/select";

/** How long a token lives: one of a few spans, each a value of the form with its words. */
export function LifetimeField<Values extends FieldValues>({
  control,
  name,
  choices,
  label = "Good for",
  hint,
}: {
  control: Control<Values>;
  name: FieldPath<Values>;
  choices: readonly (readonly [value: string, words: string])[];
  label?: string;
  hint?: string;
}) {
  return (
    <Controller
      control={control}
      name={name}
      render={({ field }) => (
        <Field label={label} {...(hint ? { hint } : {})}>
          <Select value={field.value} onValueChange={field.onChange}>
            <SelectTrigger size="lg">
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {choices.map(([value, words]) => (
                <SelectItem key={value} value={value}>
                  {words}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        </Field>
      )}
    />
  );
}
