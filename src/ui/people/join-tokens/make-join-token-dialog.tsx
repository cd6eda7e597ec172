"use client";

import { useForm } from "react-hook-form";
import { groupNameSchema } from "@/contracts/fleet/agent";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { DialogForm, FormDialog } from "../form-dialog";
import { LifetimeField } from "../lifetime-field";
import { showRefusal } from "../show-refusal";

interface Typed {
  group: string;
  uses: string;
  minutes: string;
}
const fields = ["group", "uses"] as const;
const lifetimes = [
  ["60", "an hour"],
  ["1440", "a day"],
  ["10080", "a week"],
  ["43200", "30 days"],
] as const;

/** A token that lets new hosts in. `onMade` gets the secret, once. */
export function MakeJoinTokenDialog({
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
      <MakeForm onCancel={() => onOpenChange(false)} onMade={onMade} />
    </FormDialog>
  );
}

function MakeForm({ onCancel, onMade }: { onCancel: () => void; onMade: (secret: string) => void }) {
  const form = useForm<Typed>({ defaultValues: { group: "", uses: "5", minutes: "1440" } });
  const { errors } = form.formState;
  const cache = trpc.useUtils();
  const create = trpc.joinTokens.create.useMutation({
    onSuccess: async ({ token }) => {
      onMade(token);
      await cache.joinTokens.list.invalidate();
    },
    onError: (error) => showRefusal(form, fields, error),
  });
  const send = ({ group, uses, minutes }: Typed) =>
    create.mutate({
      ...(group.trim() ? { group: group.trim() } : {}),
      ...(uses.trim() ? { uses: Number(uses) } : {}),
      expiresInMinutes: Number(minutes),
    });
  const judgeUses = (uses: string) =>
    uses.trim() === "" || (/^\d+$/.test(uses.trim()) && Number(uses) >= 1 && Number(uses) <= 10_000)
      ? true
      : "A number from 1 to 10,000, or nothing for no limit.";
  const judgeGroup = (group: string) =>
    group.trim() === "" ||
    groupNameSchema.safeParse(group).success ||
    "A group has letters, digits, - and _.";
  return (
    <DialogForm
      title="Make a join token"
      description="New agents bring it once and get a key of their own."
      error={errors.root?.message}
      does="Make the token"
      busy={create.isPending}
      onSubmit={form.handleSubmit(send)}
      onCancel={onCancel}
    >
      <Field
        label="Agents it lets in"
        error={errors.uses?.message}
        hint="Empty: as many as come while it is valid."
      >
        <Input
          size="lg"
          inputMode="numeric"
          autoComplete="off"
          {...form.register("uses", { validate: judgeUses })}
        />
      </Field>
      <LifetimeField control={form.control} name="minutes" choices={lifetimes} />
      <Field
        label="Group"
        aside="optional"
        error={errors.group?.message}
        hint="The agents come into it by themselves."
      >
        <Input size="lg" autoComplete="off" {...form.register("group", { validate: judgeGroup })} />
      </Field>
    </DialogForm>
  );
}
