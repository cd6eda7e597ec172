"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm, useWatch } from "react-hook-form";
import type { z } from "zod";
import { setupSchema } from "@/contracts/people/setup";
import { refusalOf } from "../../api/refusal";
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

const typedSchema = setupSchema.pick({ email: true, name: true, password: true });
const fields = ["email", "name", "password"] as const;

/** The first owner, in the setup session of this browser. `onOver`: the session has ended, and a code is needed again. */
export function OwnerForm({
  onDone,
  onOver,
}: {
  onDone: (recoveryCodes: readonly string[]) => void;
  onOver: () => void;
}) {
  const form = useForm<z.input<typeof typedSchema>>({ resolver: zodResolver(typedSchema) });
  const { errors } = form.formState;
  const [email, name, password] = useWatch({ control: form.control, name: fields });
  const hints = passwordHints(password ?? "", {
    ...(name ? { name } : {}),
    ...(email ? { email } : {}),
  });
  const { seconds, wait } = useWait(() => form.clearErrors("root"));

  const setup = trpc.auth.setup.useMutation({
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
    onError: (error) => {
      const { details } = refusalOf(error);
      if (details && typeof details === "object" && "setupSession" in details) onOver();
      else wait(showRefusal(form, fields, error).waitMs);
    },
  });
  const ready = Boolean(email && name) && hints.every(({ met }) => met);

  return (
    <form
      method="post"
      noValidate
      aria-label="Make the first owner"
      onSubmit={form.handleSubmit((typed) => (seconds > 0 ? undefined : setup.mutate(typed)))}
      className="grid gap-3.5"
    >
      <Field label="Your name" error={errorSentence(errors.name)}>
        <Input size="lg" autoComplete="name" autoFocus {...form.register("name")} />
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
