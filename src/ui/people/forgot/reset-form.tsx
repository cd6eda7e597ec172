"use client";

import { useForm, useWatch } from "react-hook-form";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { FormAlert } from "../form-alert";
import { NewPasswordField } from "../new-password-field";
import { passwordHints } from "../password-hints";
import { showRefusal } from "../show-refusal";
import { SubmitButton } from "../submit-button";
import { useWait } from "../wait";

/** The new password of whoever holds the link. `onGone`: the link opens nothing any more. */
export function ResetForm({
  token,
  onDone,
  onGone,
}: {
  /** undefined while the page wakes up. */
  token: string | undefined;
  onDone: () => void;
  onGone: () => void;
}) {
  const form = useForm({ defaultValues: { password: "" } });
  const { errors } = form.formState;
  const password = useWatch({ control: form.control, name: "password" });
  const hints = passwordHints(password);
  const { seconds, wait } = useWait(() => form.clearErrors("root"));
  const waiting = seconds > 0;
  const reset = trpc.passwordResets.use.useMutation({
    onSuccess: onDone,
    onError: (error) => {
      if (refusalOf(error).code === "not-found") onGone();
      else wait(showRefusal(form, ["password"], error).waitMs);
    },
  });
  const good = () => hints.every(({ met }) => met) || "It does not meet the demands below yet.";
  return (
    <form
      method="post"
      noValidate
      aria-label="Choose a new password"
      onSubmit={form.handleSubmit((typed) => {
        if (token && !waiting) reset.mutate({ token, password: typed.password });
      })}
      className="grid gap-3.5"
    >
      <NewPasswordField
        label="New password"
        error={errors.password?.message}
        hints={hints}
        autoFocus
        {...form.register("password", { validate: good })}
      />
      <FormAlert message={errors.root?.message} />
      <SubmitButton busy={reset.isPending} waitSeconds={seconds} disabled={!token}>
        Set the password
      </SubmitButton>
    </form>
  );
}
