"use client";

import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { refusalOf } from "../../api/refusal";
import { FormAlert } from "../form-alert";
import { CodeField, codePattern } from "../second-factor/code-field";
import { showRefusal } from "../show-refusal";
import { SubmitButton } from "../submit-button";
import { useWait } from "../wait";
import { OtherWays } from "./other-ways";

/** The second half of signing in: the code. `onOver` when the ticket has ended and the password is needed again. */
export function SecondFactorForm({
  send,
  onDone,
  onOver,
}: {
  /** Hands the code to the server; rejects when it does not hold. */
  send: (code: string) => Promise<unknown>;
  onDone: () => void;
  /** `why` is a sentence; null: the person went back. */
  onOver: (why: string | null) => void;
}) {
  const form = useForm<{ code: string }>({ defaultValues: { code: "" } });
  const { errors } = form.formState;
  const { seconds, wait } = useWait(() => form.clearErrors("root"));
  const finish = useMutation({
    mutationFn: send,
    onSuccess: onDone,
    onError: (error) => {
      const refusal = refusalOf(error);
      // A wrong code is a field's fault; a refusal without one is about the ticket.
      if (refusal.code === "unauthenticated" && refusal.details === null) return onOver(refusal.message);
      wait(showRefusal(form, ["code"], error).waitMs);
      form.setFocus("code", { shouldSelect: true });
    },
  });
  const waiting = seconds > 0;
  return (
    <form
      method="post"
      noValidate
      aria-label="Second factor"
      className="grid gap-3.5"
      onSubmit={form.handleSubmit(({ code }) => (waiting ? undefined : finish.mutate(code)))}
    >
      <CodeField
        label="Code of your authenticator app"
        error={errors.code?.message}
        autoFocus
        {...form.register("code", { required: codePattern.message, pattern: codePattern })}
      />
      <FormAlert message={errors.root?.message} />
      <SubmitButton busy={finish.isPending || finish.isSuccess} waitSeconds={seconds}>
        Sign in
      </SubmitButton>
      <OtherWays lost="Phone lost?" onBack={() => onOver(null)} />
    </form>
  );
}
