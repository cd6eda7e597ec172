"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { forgotPasswordSchema } from "@/contracts/people/password-reset";
import { trpc } from "../../api/trpc";
import { formatDuration } from "../../format/duration";
import { Button } from "../../primitives/button";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { FormAlert } from "../form-alert";
import { showRefusal } from "../show-refusal";
import { useWait } from "../wait";

type Typed = z.input<typeof forgotPasswordSchema>;

/** One address. `onSent` gets it once the server has taken the wish. */
export function ForgotForm({ onSent }: { onSent: (address: string) => void }) {
  const form = useForm<Typed>({ resolver: zodResolver(forgotPasswordSchema) });
  const { errors } = form.formState;
  const { seconds, wait } = useWait(() => form.clearErrors("root"));
  const [awake, setAwake] = useState(false);
  useEffect(() => setAwake(true), []);
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
      <FormAlert message={errors.root?.message} />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        busy={ask.isPending}
        disabled={!awake || waiting}
        className="num mt-2 h-10 w-full"
      >
        {waiting ? `Try again in ${formatDuration(seconds * 1000)}` : "Send me the link"}
      </Button>
    </form>
  );
}
