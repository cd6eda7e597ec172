"use client";

import { CircleAlert } from "lucide-react";
import { Controller, useForm } from "react-hook-form";
import { permissionsOf, type Role, roles } from "@/contracts/people/role";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "../../primitives/dialog";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { placeRefusal } from "../form-refusal";
import { useMe } from "../me";
import { RoleSelect } from "../users/role-select";
import { DaysSelect } from "./days-select";

interface Typed {
  name: string;
  role: Role;
  days: string;
}
const fields = ["name", "role"] as const;

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
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="sm" closeOnOutside={false}>
        <MakeTokenForm onCancel={() => onOpenChange(false)} onMade={onMade} />
      </DialogContent>
    </Dialog>
  );
}

function MakeTokenForm({ onCancel, onMade }: { onCancel: () => void; onMade: (secret: string) => void }) {
  const me = useMe();
  const form = useForm<Typed>({ defaultValues: { name: "", role: "viewer", days: "90" } });
  const { errors } = form.formState;
  const cache = trpc.useUtils();
  const create = trpc.tokens.create.useMutation({
    onSuccess: async (made) => {
      onMade(made.token);
      await cache.tokens.list.invalidate();
    },
    onError: (error) => {
      const placed = placeRefusal(refusalOf(error), fields);
      for (const field of fields) {
        if (placed.fields[field])
          form.setError(field, { message: placed.fields[field] }, { shouldFocus: true });
      }
      if (placed.form) form.setError("root", { message: placed.form });
    },
  });
  const send = ({ name, role, days }: Typed) =>
    create.mutate({ name, role, ...(days === "never" ? {} : { expiresInDays: Number(days) }) });
  const own = me ? permissionsOf[me.role].size : 0;
  const grantable = roles.filter((role) => permissionsOf[role].size <= own);
  return (
    <form method="post" noValidate className="flex min-h-0 flex-col" onSubmit={form.handleSubmit(send)}>
      <DialogHeader>
        <DialogTitle>Make an API token</DialogTitle>
        <DialogDescription>For scripts and the mc command. It acts in your name.</DialogDescription>
      </DialogHeader>
      <DialogBody>
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
          name="days"
          render={({ field }) => (
            <Field label="Good for">
              <DaysSelect value={field.value} onChange={field.onChange} />
            </Field>
          )}
        />
        {errors.root?.message ? (
          <Alert tone="offline" role="alert" icon={<CircleAlert aria-hidden="true" />}>
            {errors.root.message}
          </Alert>
        ) : null}
      </DialogBody>
      <DialogFooter>
        <Button size="lg" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" size="lg" busy={create.isPending}>
          Make the token
        </Button>
      </DialogFooter>
    </form>
  );
}
