"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { CircleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { loginSchema } from "@/contracts/people/user";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { formatDuration } from "../../format/duration";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { placeRefusal } from "../form-refusal";
import { PasswordInput } from "../password-input";
import { useWait } from "../wait";

type Typed = z.input<typeof loginSchema>;

/** E-mail and password. `onDone` runs once the session cookie is set. */
export function SignInForm({ onDone }: { onDone: () => void }) {
  // No default values: what a password manager filled in before the page woke up would be wiped by them.
  const form = useForm<Typed>({ resolver: zodResolver(loginSchema), shouldFocusError: true });
  const { errors } = form.formState;
  const { seconds, wait } = useWait();
  const [awake, setAwake] = useState(false);
  useEffect(() => setAwake(true), []);

  const login = trpc.auth.login.useMutation({
    onSuccess: onDone,
    onError: (error) => {
      const placed = placeRefusal(refusalOf(error), ["identifier", "password"]);
      for (const name of ["identifier", "password"] as const) {
        if (placed.fields[name]) form.setError(name, { message: placed.fields[name] });
      }
      if (placed.form) form.setError("root", { message: placed.form });
      wait(placed.waitMs);
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
      <Field label="E-mail" error={errors.identifier?.message && "Enter your e-mail address."}>
        <Input
          size="lg"
          type="text"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          autoFocus
          {...form.register("identifier")}
        />
      </Field>
      <Field label="Password" error={errors.password?.message && "Enter your password."}>
        <PasswordInput size="lg" autoComplete="current-password" {...form.register("password")} />
      </Field>
      {errors.root?.message ? (
        <Alert tone="offline" role="alert" icon={<CircleAlert aria-hidden="true" />}>
          {errors.root.message}
        </Alert>
      ) : null}
      <Button
        type="submit"
        variant="primary"
        size="lg"
        busy={login.isPending || done}
        disabled={!awake || waiting}
        className="num mt-2 h-10 w-full"
      >
        {waiting ? `Try again in ${formatDuration(seconds * 1000)}` : done ? "Opening the board" : "Sign in"}
      </Button>
    </form>
  );
}
