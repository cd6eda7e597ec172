"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Controller, useForm, useWatch } from "react-hook-form";
import type { SentInvitation } from "@/contracts/people/invitation";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { Segmented } from "../../primitives/segmented";
import { toast } from "../../primitives/toast";
import { DialogForm, FormDialog } from "../form-dialog";
import { LifetimeField } from "../lifetime-field";
import { errorSentence } from "../sentence";
import { showRefusal } from "../show-refusal";
import { type AddUserTyped, addUserFormSchema } from "./add-user-schema";
import { FirstPasswordFields } from "./first-password-fields";
import { RoleSelect } from "./role-select";

const fields = ["email", "role", "name", "username", "password"] as const;
const ways = [
  { value: "invite", label: "Invite" },
  { value: "password", label: "Set a password" },
] as const;
const lifetimes = [
  ["1", "a day"],
  ["7", "7 days"],
  ["14", "14 days"],
  ["30", "30 days"],
] as const;

/** Somebody new: invited, unless the admin gives them a first password. `onSent` gets the link, which is told this once. */
export function AddUserDialog({
  open,
  onOpenChange,
  onSent,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSent: (sent: SentInvitation) => void;
}) {
  return (
    <FormDialog open={open} onOpenChange={onOpenChange}>
      <AddUserForm onDone={() => onOpenChange(false)} onSent={onSent} />
    </FormDialog>
  );
}

function AddUserForm({ onDone, onSent }: { onDone: () => void; onSent: (sent: SentInvitation) => void }) {
  const form = useForm<AddUserTyped>({
    resolver: zodResolver(addUserFormSchema),
    defaultValues: {
      way: "invite",
      email: "",
      role: "operator",
      days: "7",
      name: "",
      username: "",
      password: "",
    },
  });
  const { errors } = form.formState;
  const [way, email] = useWatch({ control: form.control, name: ["way", "email"] });
  const inviting = way === "invite";
  const { invite, create } = useAdding({
    onDone,
    onSent,
    onError: (error) => showRefusal(form, fields, error),
  });
  const send = ({ way, days, name, username, password, ...both }: AddUserTyped) =>
    way === "invite"
      ? invite.mutate({ ...both, expiresInDays: Number(days) })
      : create.mutate({ ...both, name, password, ...(username ? { username } : {}) });
  return (
    <DialogForm
      title="Add a person"
      description={
        inviting
          ? "They choose their own name and password by a link that works once."
          : "They sign in with what you type here. Tell them the password by another way, and to change it."
      }
      error={errors.root?.message}
      does={inviting ? "Make the invitation" : "Add the person"}
      busy={invite.isPending || create.isPending}
      onSubmit={form.handleSubmit(send)}
      onCancel={onDone}
    >
      <Controller
        control={form.control}
        name="way"
        render={({ field }) => (
          <Segmented
            label="How they come in"
            className="justify-self-start"
            options={ways}
            value={field.value}
            onValueChange={(next) => {
              form.clearErrors();
              field.onChange(next);
            }}
          />
        )}
      />
      <Field label="E-mail" error={errorSentence(errors.email)}>
        <Input
          size="lg"
          type="email"
          autoComplete="off"
          autoFocus
          spellCheck={false}
          {...form.register("email")}
        />
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
      {inviting ? (
        <LifetimeField control={form.control} name="days" choices={lifetimes} />
      ) : (
        <FirstPasswordFields form={form} email={email} />
      )}
    </DialogForm>
  );
}

function useAdding({
  onDone,
  onSent,
  onError,
}: {
  onDone: () => void;
  onSent: (sent: SentInvitation) => void;
  onError: (error: Parameters<typeof showRefusal>[2]) => void;
}) {
  const cache = trpc.useUtils();
  const invite = trpc.invitations.create.useMutation({
    onSuccess: async (sent) => {
      onDone();
      onSent(sent);
      await cache.invitations.list.invalidate();
    },
    onError,
  });
  const create = trpc.users.create.useMutation({
    onSuccess: async (_, { name }) => {
      toast.done({ title: `${name} can sign in now` });
      onDone();
      await cache.users.list.invalidate();
    },
    onError,
  });
  return { invite, create };
}
