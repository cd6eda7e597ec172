"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Link from "next/link";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { loginSchema } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { TextLink } from "../../primitives/text-link";
import { FormAlert } from "../form-alert";
import { IdentifierField } from "../identifier-field";
import { PasswordInput } from "../password-input";
import { showRefusal } from "../show-refusal";
import { SubmitButton } from "../submit-button";
import { useWait } from "../wait";
import type { WaitingSignIn } from "./second-factor-step";

type Typed = z.input<typeof loginSchema>;

/** E-mail and password. `onDone` runs once the session cookie is set, `onTicket` when a second factor is to follow. */
export function SignInForm({
  onDone,
  onTicket,
}: {
  onDone: () => void;
  onTicket: (waiting: WaitingSignIn) => void;
}) {
  // No default values: what a password manager filled in before the page woke up would be wiped by them.
  const form = useForm<Typed>({ resolver: zodResolver(loginSchema), shouldFocusError: true });
  const { errors } = form.formState;
  const { seconds, wait } = useWait(() => form.clearErrors("root"));

  const login = trpc.auth.login.useMutation({
    onSuccess: (answer) => ("next" in answer ? onTicket(answer) : onDone()),
    onError: (error) => {
      wait(showRefusal(form, ["identifier", "password"], error).waitMs);
      form.setFocus("password", { shouldSelect: true });
    },
  });
  const waiting = seconds > 0;
  const done = login.isSuccess;

  return (
    // "post" and not the default: a press of Enter before the script is there must not put the password in the address.
    <form
      method="post"
      noValidate
      onSubmit={form.handleSubmit((typed) => (waiting ? undefined : login.mutate(typed)))}
      className="grid gap-3.5"
      aria-label="Sign in"
    >
      <IdentifierField
        missing={errors.identifier !== undefined}
        autoComplete="username webauthn"
        autoFocus
        {...form.register("identifier")}
      />
      <Field label="Password" error={errors.password?.message && "Enter your password."}>
        <PasswordInput size="lg" autoComplete="current-password" {...form.register("password")} />
      </Field>
      <FormAlert message={errors.root?.message} />
      <SubmitButton busy={login.isPending || done} waitSeconds={seconds}>
        {done ? "Opening the board" : "Sign in"}
      </SubmitButton>
      {/* Behind the button: between the fields it would stand in the way of the tab key. */}
      <TextLink asChild className="justify-self-center text-sm">
        <Link href="/forgot">Forgot your password?</Link>
      </TextLink>
    </form>
  );
}
