"use client";

import { useForm } from "react-hook-form";
import type { Passkey } from "@/contracts/people/passkey";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { DialogForm, FormDialog } from "../form-dialog";
import { showRefusal } from "../show-refusal";

export function RenamePasskeyDialog({
  passkey,
  open,
  onOpenChange,
}: {
  passkey: Passkey;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <FormDialog open={open} onOpenChange={onOpenChange}>
      <RenameForm passkey={passkey} onDone={() => onOpenChange(false)} />
    </FormDialog>
  );
}

function RenameForm({ passkey, onDone }: { passkey: Passkey; onDone: () => void }) {
  const form = useForm({ defaultValues: { name: passkey.name } });
  const { errors } = form.formState;
  const cache = trpc.useUtils();
  const rename = trpc.passkeys.rename.useMutation({
    onSuccess: async () => {
      onDone();
      await cache.passkeys.list.invalidate();
    },
    onError: (error) => showRefusal(form, ["name"], error),
  });
  return (
    <DialogForm
      title={`Rename ${passkey.name}`}
      description="The name is for you alone; the passkey stays the same."
      error={errors.root?.message}
      does="Rename it"
      busy={rename.isPending}
      onSubmit={form.handleSubmit(({ name }) => rename.mutate({ id: passkey.id, name }))}
      onCancel={onDone}
    >
      <Field label="Name" error={errors.name?.message}>
        <Input size="lg" autoComplete="off" {...form.register("name")} />
      </Field>
    </DialogForm>
  );
}
