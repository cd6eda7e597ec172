"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { createInvitationSchema, type SentInvitation } from "@/contracts/people/invitation";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { DialogForm, FormDialog } from "../form-dialog";
import { LifetimeField } from "../lifetime-field";
import { errorSentence } from "../sentence";
import { showRefusal } from "../show-refusal";
import { RoleSelect } from "../users/role-select";

const typedSchema = createInvitationSchema.pick({ email: true, role: true }).extend({ days: z.string() });
type Typed = z.input<typeof typedSchema>;
const fields = ["email", "role"] as const;
const lifetimes = [
  ["1", "a day"],
  ["7", "7 days"],
  ["14", "14 days"],
  ["30", "30 days"],
] as const;

/** Whom to invite, and as what. `onSent` gets the link, which is told this once. */
export function InviteDialog({
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
      <InviteForm onCancel={() => onOpenChange(false)} onSent={onSent} />
    </FormDialog>
  );
}

function InviteForm({ onCancel, onSent }: { onCancel: () => void; onSent: (sent: SentInvitation) => void }) {
  const form = useForm<Typed>({
    resolver: zodResolver(typedSchema),
    defaultValues: { email: "", role: "operator", days: "7" },
  });
  const { errors } = form.formState;
  const cache = trpc.useUtils();
  const create = trpc.invitations.create.useMutation({
    onSuccess: async (sent) => {
      onSent(sent);
      await cache.invitations.list.invalidate();
    },
    onError: (error) => showRefusal(form, fields, error),
  });
  const send = ({ email, role, days }: Typed) => create.mutate({ email, role, expiresInDays: Number(days) });
  return (
    <DialogForm
      title="Invite a person"
      description="They choose their own name and password by a link that works once."
      error={errors.root?.message}
      does="Make the invitation"
      busy={create.isPending}
      onSubmit={form.handleSubmit(send)}
      onCancel={onCancel}
    >
      <Field label="E-mail" error={errorSentence(errors.email)}>
        <Input size="lg" type="email" autoComplete="off" spellCheck={false} {...form.register("email")} />
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
      <LifetimeField control={form.control} name="days" choices={lifetimes} />
    </DialogForm>
  );
}
