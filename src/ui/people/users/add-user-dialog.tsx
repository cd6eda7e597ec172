"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { CircleAlert } from "lucide-react";
import { Controller, useForm, useWatch } from "react-hook-form";
import type { z } from "zod";
import { createUserSchema } from "@/contracts/people/user";
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
import { toast } from "../../primitives/toast";
import { placeRefusal } from "../form-refusal";
import { PasswordHintList } from "../password-hint-list";
import { passwordHints } from "../password-hints";
import { PasswordInput } from "../password-input";
import { RoleSelect } from "./role-select";

type Typed = z.input<typeof createUserSchema>;
const fields = ["name", "email", "role", "password"] as const;

/** A new person with a first password, which is told to them by another way than this page. */
export function AddUserDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="sm" closeOnOutside={false}>
        <AddUserForm onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function AddUserForm({ onDone }: { onDone: () => void }) {
  const form = useForm<Typed>({
    resolver: zodResolver(createUserSchema),
    defaultValues: { name: "", email: "", role: "operator", password: "" },
  });
  const { errors } = form.formState;
  const [name, email, password] = useWatch({ control: form.control, name: ["name", "email", "password"] });
  const cache = trpc.useUtils();
  const create = trpc.users.create.useMutation({
    onSuccess: async (user) => {
      toast.done({ title: `${user.name} can sign in now` });
      onDone();
      await cache.users.list.invalidate();
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
  return (
    <form
      method="post"
      noValidate
      className="flex min-h-0 flex-col"
      onSubmit={form.handleSubmit((typed) => create.mutate(typed))}
    >
      <DialogHeader>
        <DialogTitle>Add a person</DialogTitle>
        <DialogDescription>They sign in with this e-mail and password.</DialogDescription>
      </DialogHeader>
      <DialogBody>
        <Field label="Name" error={errors.name?.message}>
          <Input size="lg" autoComplete="off" {...form.register("name")} />
        </Field>
        <Field label="E-mail" error={errors.email?.message}>
          <Input size="lg" type="email" autoComplete="off" {...form.register("email")} />
        </Field>
        <Controller
          control={form.control}
          name="role"
          render={({ field }) => (
            <Field label="Role" error={errors.role?.message}>
              <RoleSelect size="lg" value={field.value} onChange={field.onChange} />
            </Field>
          )}
        />
        <div>
          <Field label="First password" error={errors.password?.message}>
            <PasswordInput size="lg" autoComplete="new-password" {...form.register("password")} />
          </Field>
          <PasswordHintList hints={passwordHints(password, { name, email })} />
        </div>
        {errors.root?.message ? (
          <Alert tone="offline" role="alert" icon={<CircleAlert aria-hidden="true" />}>
            {errors.root.message}
          </Alert>
        ) : null}
      </DialogBody>
      <DialogFooter>
        <Button size="lg" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" size="lg" busy={create.isPending}>
          Add {name.trim() || "the person"}
        </Button>
      </DialogFooter>
    </form>
  );
}
