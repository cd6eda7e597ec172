"use client";

import { useForm } from "react-hook-form";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { DialogForm, FormDialog } from "../form-dialog";
import { LifetimeField } from "../lifetime-field";
import { showRefusal } from "../show-refusal";
import { type Granted, RoleAndScopes, sentScopes } from "./role-and-scopes";

interface Typed extends Granted {
  name: string;
  days: string;
}
const fields = ["name", "role", "scopes"] as const;
const lifetimes = [
  ["7", "7 days"],
  ["30", "30 days"],
  ["90", "90 days"],
  ["365", "a year"],
  ["never", "until it is revoked"],
] as const;

/** A token for a script. It may do at most what its maker may; `onMade` gets the secret, once. */
export function MakeTokenDialog({
  open,
  onOpenChange,
  onMade,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onMade: (secret: string) => void;
}) {
  return (
    <FormDialog open={open} onOpenChange={onOpenChange} size="md">
      <MakeTokenForm onCancel={() => onOpenChange(false)} onMade={onMade} />
    </FormDialog>
  );
}

function MakeTokenForm({ onCancel, onMade }: { onCancel: () => void; onMade: (secret: string) => void }) {
  const form = useForm<Typed>({ defaultValues: { name: "", role: "viewer", days: "90", scopes: null } });
  const { errors } = form.formState;
  const cache = trpc.useUtils();
  const create = trpc.tokens.create.useMutation({
    onSuccess: async (made) => {
      onMade(made.token);
      await cache.tokens.list.invalidate();
    },
    onError: (error) => showRefusal(form, fields, error),
  });
  const send = (typed: Typed) =>
    create.mutate({
      name: typed.name,
      role: typed.role,
      ...sentScopes(typed),
      ...(typed.days === "never" ? {} : { expiresInDays: Number(typed.days) }),
    });
  return (
    <DialogForm
      title="Make an API token"
      description="For scripts and the mc command. It never may more than you may yourself."
      error={errors.root?.message}
      does="Make the token"
      busy={create.isPending}
      onSubmit={form.handleSubmit(send)}
      onCancel={onCancel}
    >
      <Field
        label="What for"
        error={errors.name?.message}
        hint="Shown in the audit log, such as “nightly deploy”."
      >
        <Input
          size="lg"
          autoComplete="off"
          maxLength={80}
          {...form.register("name", { validate: (name) => name.trim() !== "" || "Name what it is for." })}
        />
      </Field>
      <RoleAndScopes control={form.control} />
      <LifetimeField control={form.control} name="days" choices={lifetimes} />
    </DialogForm>
  );
}
