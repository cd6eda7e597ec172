"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Controller, useForm, useWatch } from "react-hook-form";
import type { z } from "zod";
import { createUserSchema } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { toast } from "../../primitives/toast";
import { DialogForm, FormDialog } from "../form-dialog";
import { NewPasswordField } from "../new-password-field";
import { passwordHints } from "../password-hints";
import { errorSentence } from "../sentence";
import { showRefusal } from "../show-refusal";
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
    <FormDialog open={open} onOpenChange={onOpenChange}>
      <AddUserForm onDone={() => onOpenChange(false)} />
    </FormDialog>
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
    onSuccess: async (_, person) => {
      toast.done({ title: `${person.name} can sign in now` });
      onDone();
      await cache.users.list.invalidate();
    },
    onError: (error) => showRefusal(form, fields, error),
  });
  return (
    <DialogForm
      title="Add a person"
      description="They sign in with this e-mail and password."
      error={errors.root?.message}
      does={`Add ${name.trim() || "the person"}`}
      busy={create.isPending}
      onSubmit={form.handleSubmit((typed) => create.mutate(typed))}
      onCancel={onDone}
    >
      <Field label="Name" error={errorSentence(errors.name)}>
        <Input size="lg" autoComplete="off" {...form.register("name")} />
      </Field>
      <Field label="E-mail" error={errorSentence(errors.email)}>
        <Input size="lg" type="email" autoComplete="off" {...form.register("email")} />
      </Field>
      <Controller
        control={form.control}
        name="role"
        render={({ field }) => (
          <Field label="Role" error={errorSentence(errors.role)}>
            <RoleSelect size="lg" value={field.value} onChange={field.onChange} />
          </Field>
        )}
      />
      <NewPasswordField
        label="First password"
        error={errorSentence(errors.password)}
        hints={passwordHints(password, { name, email })}
        {...form.register("password")}
      />
    </DialogForm>
  );
}
