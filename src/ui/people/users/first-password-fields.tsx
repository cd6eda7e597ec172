"use client";

import { type UseFormReturn, useWatch } from "react-hook-form";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { NewPasswordField } from "../new-password-field";
import { passwordHints } from "../password-hints";
import { errorSentence } from "../sentence";
import type { AddUserTyped } from "./add-user-schema";

/** What an admin chooses for somebody who is not invited: name, username and the first password. */
export function FirstPasswordFields({ form, email }: { form: UseFormReturn<AddUserTyped>; email: string }) {
  const { errors } = form.formState;
  const [name, username, password] = useWatch({
    control: form.control,
    name: ["name", "username", "password"],
  });
  return (
    <>
      <Field label="Name" error={errorSentence(errors.name)}>
        <Input size="lg" autoComplete="off" {...form.register("name")} />
      </Field>
      <Field
        label="Username"
        aside="if they want one"
        hint="Signs in as well as the e-mail address does."
        error={errorSentence(errors.username)}
      >
        <Input
          size="lg"
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          {...form.register("username")}
        />
      </Field>
      <NewPasswordField
        label="First password"
        error={errorSentence(errors.password)}
        hints={passwordHints(password, { name, email, username })}
        {...form.register("password")}
      />
    </>
  );
}
