"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Controller, useForm, useWatch } from "react-hook-form";
import type { z } from "zod";
import { setupSchema } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { FormAlert } from "../form-alert";
import { NewPasswordField } from "../new-password-field";
import { passwordHints } from "../password-hints";
import { errorSentence } from "../sentence";
import { showRefusal } from "../show-refusal";
import { SubmitButton } from "../submit-button";
import { useWait } from "../wait";
import { SetupCodeInput } from "./setup-code-input";

type Typed = z.input<typeof setupSchema>;
const fields = ["code", "email", "name", "password"] as const;
/** As the server prints it, without the hyphens. */
const codeLength = 12;

/** The first owner, by the code that only someone at the server's terminal has. */
export function SetupForm({ onDone }: { onDone: () => void }) {
  const form = useForm<Typed>({ resolver: zodResolver(setupSchema) });
  const { errors } = form.formState;
  const [code, email, name, password] = useWatch({ control: form.control, name: fields });
  const hints = passwordHints(password ?? "", {
    ...(name ? { name } : {}),
    ...(email ? { email } : {}),
  });
  const { seconds, wait } = useWait(() => form.clearErrors("root"));

  const setup = trpc.auth.setup.useMutation({
    onSuccess: onDone,
    onError: (error) => wait(showRefusal(form, fields, error).waitMs),
  });
  const waiting = seconds > 0;
  const ready = (code ?? "").length === codeLength && Boolean(email && name) && hints.every(({ met }) => met);

  return (
    <form
      method="post"
      noValidate
      aria-label="Make the first owner"
      onSubmit={form.handleSubmit((typed) => (waiting ? undefined : setup.mutate(typed)))}
      className="grid gap-3.5"
    >
      <Controller
        control={form.control}
        name="code"
        render={({ field, fieldState }) => (
          <Field
            label="Setup code"
            error={errorSentence(fieldState.error)}
            hint="In the terminal that runs the server, and in the file setup-code of its data folder."
          >
            <SetupCodeInput {...field} value={field.value ?? ""} length={codeLength} />
          </Field>
        )}
      />
      <Field label="Your name" error={errorSentence(errors.name)}>
        <Input size="lg" autoComplete="name" {...form.register("name")} />
      </Field>
      <Field label="E-mail" error={errorSentence(errors.email)}>
        <Input
          size="lg"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="you@example.org"
          {...form.register("email")}
        />
      </Field>
      <NewPasswordField
        label="Password"
        error={errorSentence(errors.password)}
        hints={hints}
        {...form.register("password")}
      />
      <FormAlert message={errors.root?.message} />
      <SubmitButton busy={setup.isPending || setup.isSuccess} waitSeconds={seconds} disabled={!ready}>
        Make the owner account
      </SubmitButton>
    </form>
  );
}
