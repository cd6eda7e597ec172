"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { returnPath } from "@/contracts/people/return-path";
import { passwordSchema } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { FormAlert } from "../form-alert";
import { forgetLinkToken } from "../link-token";
import { PasswordInput } from "../password-input";
import { showRefusal } from "../show-refusal";
import { SecondFactorStep, type WaitingSignIn } from "../sign-in/second-factor-step";
import { SubmitButton } from "../submit-button";
import { useWait } from "../wait";

const typedSchema = z.object({ password: passwordSchema });

/** The local password, and second factor, once: they prove that the account here and the sign-in belong to the same person. */
export function LinkForm({ token, email }: { token: string; email: string }) {
  const form = useForm({ resolver: zodResolver(typedSchema), defaultValues: { password: "" } });
  const { errors } = form.formState;
  const { seconds, wait } = useWait(() => form.clearErrors("root"));
  const waiting = seconds > 0;
  const [asked, setAsked] = useState<WaitingSignIn | null>(null);
  const link = trpc.sso.link.useMutation({
    onSuccess: (answer) => {
      if ("next" in answer) return setAsked(answer);
      forgetLinkToken();
      window.location.assign(returnPath(answer.to));
    },
    onError: (error) => {
      // A second factor that did not hold is told where it was shown.
      if (asked) return;
      wait(showRefusal(form, ["password"], error).waitMs);
      form.setFocus("password", { shouldSelect: true });
    },
  });
  if (asked) {
    const password = form.getValues("password");
    return (
      <SecondFactorStep
        waiting={asked}
        finishBy={(proof) => link.mutateAsync({ token, password, ...proof })}
        onDone={() => undefined}
        onOver={(why) => {
          setAsked(null);
          if (why) form.setError("root", { message: why });
        }}
      />
    );
  }
  const isOpening = link.isSuccess && !("next" in link.data);
  return (
    <form
      method="post"
      noValidate
      aria-label="Join the account"
      onSubmit={form.handleSubmit(({ password }) => (waiting ? undefined : link.mutate({ token, password })))}
      className="grid gap-3.5"
    >
      <Field label="E-mail">
        <Input size="lg" type="email" autoComplete="username" value={email} readOnly />
      </Field>
      <Field label="Password of your account here" error={errors.password?.message}>
        <PasswordInput size="lg" autoComplete="current-password" autoFocus {...form.register("password")} />
      </Field>
      <FormAlert message={errors.root?.message} />
      <SubmitButton busy={link.isPending || isOpening} waitSeconds={seconds}>
        {isOpening ? "Opening the board" : "Join and sign in"}
      </SubmitButton>
    </form>
  );
}
