"use client";

import { useForm } from "react-hook-form";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { DialogForm, FormDialog } from "../form-dialog";
import { showRefusal } from "../show-refusal";
import { type Granted, RoleAndScopes, sentScopes } from "../tokens/role-and-scopes";
import type { ShownClient } from "./client-secret";

interface Typed extends Granted {
  name: string;
}
const fields = ["name", "role", "scopes"] as const;

/** A machine that comes by client credentials. `onMade` gets its secret, once. */
export function MakeClientDialog({
  open,
  onOpenChange,
  onMade,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onMade: (client: ShownClient) => void;
}) {
  return (
    <FormDialog open={open} onOpenChange={onOpenChange} size="md">
      <MakeClientForm onCancel={() => onOpenChange(false)} onMade={onMade} />
    </FormDialog>
  );
}

function MakeClientForm({
  onCancel,
  onMade,
}: {
  onCancel: () => void;
  onMade: (client: ShownClient) => void;
}) {
  const form = useForm<Typed>({ defaultValues: { name: "", role: "viewer", scopes: null } });
  const { errors } = form.formState;
  const cache = trpc.useUtils();
  const create = trpc.oauthClients.create.useMutation({
    onSuccess: async (made) => {
      onMade(made);
      await cache.oauthClients.list.invalidate();
    },
    onError: (error) => showRefusal(form, fields, error),
  });
  return (
    <DialogForm
      title="Make a machine client"
      description="It belongs to no person, so it goes on when whoever made it leaves."
      error={errors.root?.message}
      does="Make the client"
      busy={create.isPending}
      onSubmit={form.handleSubmit((typed) =>
        create.mutate({ name: typed.name, role: typed.role, ...sentScopes(typed) }),
      )}
      onCancel={onCancel}
    >
      <Field
        label="What it is"
        error={errors.name?.message}
        hint="Shown in the audit log, such as “deploy pipeline”."
      >
        <Input
          size="lg"
          autoComplete="off"
          maxLength={80}
          {...form.register("name", { validate: (name) => name.trim() !== "" || "Name what it is." })}
        />
      </Field>
      <RoleAndScopes control={form.control} />
    </DialogForm>
  );
}
