"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { forgotPasswordSchema } from "@/contracts/people/password-reset";
import { trpc } from "../../api/trpc";
import { FormAlert } from "../form-alert";
import { IdentifierField } from "../identifier-field";
import { showRefusal } from "../show-refusal";
import { SubmitButton } from "../submit-button";
import { useWait } from "../wait";

type Typed = z.input<typeof forgotPasswordSchema>;

/** One address. `onSent` gets it once the server has taken the wish. */
export function ForgotForm({ onSent }: { onSent: (address: string) => void }) {
  const form = useForm<Typed>({ resolver: zodResolver(forgotPasswordSchema) });
  const { errors } = form.formState;
  const { seconds, wait } = useWait(() => form.clearErrors("root"));
  const ask = trpc.passwordResets.ask.useMutation({
    onSuccess: (_, { identifier }) => onSent(identifier),
    onError: (error) => wait(showRefusal(form, ["identifier"], error).waitMs),
  });
  const waiting = seconds > 0;
  return (
    <form
      method="post"
      noValidate
      aria-label="Forgotten password"
      onSubmit={form.handleSubmit((typed) => (waiting ? undefined : ask.mutate(typed)))}
      className="grid gap-3.5"
    >
      <IdentifierField missing={errors.identifier !== undefined} autoFocus {...form.register("identifier")} />
      <FormAlert message={errors.root?.message} />
      <SubmitButton busy={ask.isPending} waitSeconds={seconds}>
        Send me the link
      </SubmitButton>
    </form>
  );
}
