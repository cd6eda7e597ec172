"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Link from "next/link";
import { useForm, useWatch } from "react-hook-form";
import type { z } from "zod";
import { recoverSchema } from "@/contracts/people/second-factor";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { AuthFrame } from "../auth-frame";
import { FormAlert } from "../form-alert";
import { IdentifierField } from "../identifier-field";
import { NewPasswordField } from "../new-password-field";
import { passwordHints } from "../password-hints";
import { errorSentence } from "../sentence";
import { showRefusal } from "../show-refusal";
import { SubmitButton } from "../submit-button";
import { useWait } from "../wait";

const fields = ["identifier", "code", "password"] as const;

/** The way back in by a recovery code: a new password, and a session in which a lost app can be replaced. */
export function Recover() {
  return (
    <AuthFrame
      title="Use a recovery code"
      lead="One of the ten codes that you kept sets a new password, also when your phone is lost."
      note="Using one voids the other codes and ends every session. Every try is written to the audit log."
    >
      <RecoverForm onDone={() => window.location.assign("/settings/second-factor")} />
      <Button variant="ghost" asChild className="mt-3 justify-self-start">
        <Link href="/login">Back to sign in</Link>
      </Button>
    </AuthFrame>
  );
}

function RecoverForm({ onDone }: { onDone: () => void }) {
  const form = useForm<z.input<typeof recoverSchema>>({ resolver: zodResolver(recoverSchema) });
  const { errors } = form.formState;
  const [identifier, password] = useWatch({ control: form.control, name: ["identifier", "password"] });
  const hints = passwordHints(password ?? "", identifier ? { email: identifier } : {});
  const { seconds, wait } = useWait(() => form.clearErrors("root"));
  const recover = trpc.secondFactor.recover.useMutation({
    onSuccess: onDone,
    onError: (error) => wait(showRefusal(form, fields, error).waitMs),
  });
  const waiting = seconds > 0;
  return (
    <form
      method="post"
      noValidate
      aria-label="Use a recovery code"
      className="grid gap-3.5"
      onSubmit={form.handleSubmit((typed) => (waiting ? undefined : recover.mutate(typed)))}
    >
      <IdentifierField missing={errors.identifier !== undefined} autoFocus {...form.register("identifier")} />
      <Field label="Recovery code" error={errorSentence(errors.code)}>
        <Input
          size="lg"
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          maxLength={20}
          placeholder="XXXX-XXXX-XXXX"
          className="mono"
          {...form.register("code")}
        />
      </Field>
      <NewPasswordField
        label="New password"
        error={errorSentence(errors.password)}
        hints={hints}
        {...form.register("password")}
      />
      <FormAlert message={errors.root?.message} />
      <SubmitButton busy={recover.isPending || recover.isSuccess} waitSeconds={seconds}>
        Set the password
      </SubmitButton>
    </form>
  );
}
