"use client";

import { useForm, useWatch } from "react-hook-form";
import { userNameSchema } from "@/contracts/people/user";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { FormAlert } from "../form-alert";
import { forgetLinkToken } from "../link-token";
import { NewPasswordField } from "../new-password-field";
import { passwordHints } from "../password-hints";
import { showRefusal } from "../show-refusal";
import { SubmitButton } from "../submit-button";
import { useWait } from "../wait";

const fields = ["name", "password"] as const;

/** Name and password of the invited person, who is signed in with them at once. */
export function AcceptForm({
  token,
  email,
  onDone,
  onGone,
}: {
  token: string;
  email: string;
  onDone: (recoveryCodes: readonly string[]) => void;
  /** The link opens nothing any more. */
  onGone: () => void;
}) {
  const form = useForm({ defaultValues: { name: "", password: "" } });
  const { errors } = form.formState;
  const [name, password] = useWatch({ control: form.control, name: fields });
  const hints = passwordHints(password, { name, email });
  const { seconds, wait } = useWait(() => form.clearErrors("root"));
  const waiting = seconds > 0;
  const accept = trpc.invitations.accept.useMutation({
    onSuccess: ({ recoveryCodes }) => {
      onDone(recoveryCodes);
      forgetLinkToken();
    },
    onError: (error) => {
      if (refusalOf(error).code === "not-found") onGone();
      else wait(showRefusal(form, fields, error).waitMs);
    },
  });
  const named = (typed: string) =>
    userNameSchema.safeParse(typed).success || "Enter your name, at most 80 characters.";
  const good = () => hints.every(({ met }) => met) || "It does not meet the demands below yet.";
  return (
    <form
      method="post"
      noValidate
      aria-label="Make your account"
      onSubmit={form.handleSubmit((typed) => (waiting ? undefined : accept.mutate({ token, ...typed })))}
      className="grid gap-3.5"
    >
      <Field label="E-mail" hint="You sign in with it.">
        <Input size="lg" type="email" autoComplete="username" value={email} readOnly />
      </Field>
      <Field label="Your name" error={errors.name?.message}>
        <Input size="lg" autoComplete="name" autoFocus {...form.register("name", { validate: named })} />
      </Field>
      <NewPasswordField
        label="Password"
        error={errors.password?.message}
        hints={hints}
        {...form.register("password", { validate: good })}
      />
      <FormAlert message={errors.root?.message} />
      <SubmitButton busy={accept.isPending || accept.isSuccess} waitSeconds={seconds}>
        Make my account
      </SubmitButton>
    </form>
  );
}
