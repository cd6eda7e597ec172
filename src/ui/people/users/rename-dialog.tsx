"use client";

import { useForm } from "react-hook-form";
import { type Person, userNameSchema } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { toast } from "../../primitives/toast";
import { DialogForm, FormDialog } from "../form-dialog";
import { showRefusal } from "../show-refusal";

/** Another name for a person, as everybody sees it from now on. */
export function RenameDialog({
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
      <RenameForm person={person} onDone={() => onOpenChange(false)} />
    </FormDialog>
  );
}

function RenameForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const form = useForm({ defaultValues: { name: person.name } });
  const { errors } = form.formState;
  const cache = trpc.useUtils();
  const change = trpc.users.change.useMutation({
    onSuccess: async (changed) => {
      toast.done({ title: `${person.name} is called ${changed.name} now` });
      onDone();
      await cache.users.list.invalidate();
    },
    onError: (error) => showRefusal(form, ["name"], error),
  });
  const named = (typed: string) =>
    userNameSchema.safeParse(typed).success || "Give a name, at most 80 characters.";
  return (
    <DialogForm
      title={`Rename ${person.name}`}
      description="Facts that are written already keep the name of their time."
      error={errors.root?.message}
      does="Rename"
      busy={change.isPending}
      onSubmit={form.handleSubmit(({ name }) => change.mutate({ id: person.id, name }))}
      onCancel={onDone}
    >
      <Field label="Name" error={errors.name?.message}>
        <Input size="lg" autoComplete="off" {...form.register("name", { validate: named })} />
      </Field>
    </DialogForm>
  );
}
