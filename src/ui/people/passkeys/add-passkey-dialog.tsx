"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { toast } from "../../primitives/toast";
import { DialogForm, FormDialog } from "../form-dialog";
import { PasswordInput } from "../password-input";
import { browserName } from "../sessions/browser-name";
import { showRefusal } from "../show-refusal";
import { makePasskey } from "./ceremony";
import { ceremonyFailure } from "./ceremony-failure";

interface Typed {
  name: string;
  password: string;
}
const fields = ["name", "password"] as const;

/** A new passkey: a name for it, the password when the sign-in is long ago, then the browser's own window. */
export function AddPasskeyDialog({
  open,
  onOpenChange,
  onAdded,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** With the recovery codes that came with the first second factor, to be shown once; null: there are some already. */
  onAdded: (codes: string[] | null) => void;
}) {
  return (
    <FormDialog open={open} onOpenChange={onOpenChange}>
      <AddPasskeyForm onClose={() => onOpenChange(false)} onAdded={onAdded} />
    </FormDialog>
  );
}

function AddPasskeyForm({
  onClose,
  onAdded,
}: {
  onClose: () => void;
  onAdded: (codes: string[] | null) => void;
}) {
  const form = useForm<Typed>({ defaultValues: { name: browserName(navigator.userAgent), password: "" } });
  const { errors } = form.formState;
  const [asksPassword, setAsksPassword] = useState(false);
  const [busy, setBusy] = useState(false);
  const cache = trpc.useUtils();
  const begin = trpc.passkeys.begin.useMutation();
  const finish = trpc.passkeys.finish.useMutation();

  const add = async ({ name, password }: Typed) => {
    setBusy(true);
    try {
      const options = await begin.mutateAsync({ name, ...(password ? { password } : {}) });
      const made = await finish.mutateAsync(await makePasskey(options));
      toast.done({
        title: `${made.name} signs you in now`,
        detail: "From now on your password alone opens nothing.",
      });
      onClose();
      onAdded(made.recoveryCodes);
      // The first one brings recovery codes along, and whatever was signed in without it is out.
      await Promise.all([
        cache.passkeys.list.invalidate(),
        cache.secondFactor.get.invalidate(),
        cache.sessions.list.invalidate(),
        cache.programs.list.invalidate(),
      ]);
    } catch (error) {
      setBusy(false);
      const words = ceremonyFailure(error);
      if (words) return form.setError("root", { message: words });
      if (wantsPassword(error)) setAsksPassword(true);
      showRefusal(form, fields, error);
    }
  };
  return (
    <DialogForm
      title="Add a passkey"
      description="Your browser asks for a finger, a face or a PIN next. Nothing of that leaves the device."
      error={errors.root?.message}
      does="Go on"
      busy={busy}
      onSubmit={form.handleSubmit(add)}
      onCancel={onClose}
    >
      <Field label="Name" hint="So that you know it again in the list." error={errors.name?.message}>
        <Input size="lg" autoComplete="off" {...form.register("name")} />
      </Field>
      {asksPassword ? (
        <Field label="Your password" error={errors.password?.message}>
          <PasswordInput size="lg" autoComplete="current-password" {...form.register("password")} />
        </Field>
      ) : null}
    </DialogForm>
  );
}

/** Whether the server asks for the password: the sign-in is more than ten minutes ago. */
function wantsPassword(error: unknown): boolean {
  return JSON.stringify(refusalOf(error).details ?? null).includes('"path":"password"');
}
