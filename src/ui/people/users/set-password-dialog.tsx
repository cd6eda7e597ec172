"use client";

import { useForm, useWatch } from "react-hook-form";
import type { Person } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { toast } from "../../primitives/toast";
import { DialogForm, FormDialog } from "../form-dialog";
import { NewPasswordField } from "../new-password-field";
import { passwordHints } from "../password-hints";
import { showRefusal } from "../show-refusal";

/** A new password for somebody else, under the same rules as their own; they learn it by another way than this page. */
export function SetPasswordDialog({
  person,
  open,
  onOpenChange,
}: {
  person: Person;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <FormDialog open={open} onOpenChange={onOpenChange}>
      <SetPasswordForm person={person} onDone={() => onOpenChange(false)} />
    </FormDialog>
  );
}

function SetPasswordForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const form = useForm({ defaultValues: { password: "" } });
  const { errors } = form.formState;
  const password = useWatch({ control: form.control, name: "password" });
  const hints = passwordHints(password, person);
  const cache = trpc.useUtils();
  const set = trpc.users.setPassword.useMutation({
    onSuccess: async () => {
      toast.done({ title: `${person.name} has a new password`, detail: "and is signed out everywhere" });
      onDone();
      await cache.users.list.invalidate();
    },
    onError: (error) => showRefusal(form, ["password"], error),
  });
  const good = () => hints.every(({ met }) => met) || "It does not meet the demands below yet.";
  return (
    <DialogForm
      title={`Set a password for ${person.name}`}
      description="Every session of theirs ends, and so does any lock. Tell them to change it."
      error={errors.root?.message}
      does="Set the password"
      busy={set.isPending}
      onSubmit={form.handleSubmit((typed) => set.mutate({ id: person.id, ...typed }))}
      onCancel={onDone}
    >
      <NewPasswordField
        label="New password"
        error={errors.password?.message}
        hints={hints}
        {...form.register("password", { validate: good })}
      />
    </DialogForm>
  );
}
