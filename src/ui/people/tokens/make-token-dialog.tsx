"use client";

import { Controller, useForm, useWatch } from "react-hook-form";
import { type Permission, permissionsOf, type Role, roles } from "@/contracts/people/role";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { DialogForm, FormDialog } from "../form-dialog";
import { LifetimeField } from "../lifetime-field";
import { useMe } from "../me";
import { showRefusal } from "../show-refusal";
import { RoleSelect } from "../users/role-select";
import { ScopesField } from "./scopes-field";

interface Typed {
  name: string;
  role: Role;
  days: string;
  /** Empty: everything that the role may do. */
  scopes: Permission[];
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
    <FormDialog open={open} onOpenChange={onOpenChange}>
      <MakeTokenForm onCancel={() => onOpenChange(false)} onMade={onMade} />
    </FormDialog>
  );
}

function MakeTokenForm({ onCancel, onMade }: { onCancel: () => void; onMade: (secret: string) => void }) {
  const me = useMe();
  const form = useForm<Typed>({ defaultValues: { name: "", role: "viewer", days: "90", scopes: [] } });
  const { errors } = form.formState;
  const cache = trpc.useUtils();
  const create = trpc.tokens.create.useMutation({
    onSuccess: async (made) => {
      onMade(made.token);
      await cache.tokens.list.invalidate();
    },
    onError: (error) => showRefusal(form, fields, error),
  });
  const send = ({ name, role, days, scopes }: Typed) => {
    // A weaker role may have been chosen after its scopes.
    const held = scopes.filter((scope) => permissionsOf[role].has(scope));
    create.mutate({
      name,
      role,
      ...(held.length === 0 ? {} : { scopes: held }),
      ...(days === "never" ? {} : { expiresInDays: Number(days) }),
    });
  };
  const role = useWatch({ control: form.control, name: "role" });
  const own = me ? permissionsOf[me.role].size : 0;
  const grantable = roles.filter((role) => permissionsOf[role].size <= own);
  return (
    <DialogForm
      title="Make an API token"
      description="For scripts and the mc command. It acts in your name."
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
      <Controller
        control={form.control}
        name="role"
        render={({ field }) => (
          <Field
            label="May do"
            error={errors.role?.message}
            {...(me && me.role !== "admin" ? { hint: `At most what you may yourself: ${me.role}.` } : {})}
          >
            <RoleSelect size="lg" value={field.value} onChange={field.onChange} only={grantable} />
          </Field>
        )}
      />
      <Controller
        control={form.control}
        name="scopes"
        render={({ field, fieldState }) => (
          <ScopesField
            role={role}
            value={field.value}
            onChange={field.onChange}
            error={fieldState.error?.message}
          />
        )}
      />
      <LifetimeField control={form.control} name="days" choices={lifetimes} />
    </DialogForm>
  );
}
