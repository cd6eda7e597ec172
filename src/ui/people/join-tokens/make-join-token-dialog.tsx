"use client";

import { CircleAlert } from "lucide-react";
import { Controller, useForm } from "react-hook-form";
import { groupNameSchema } from "@/contracts/fleet/agent";
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
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "../../primitives/select";
import { placeRefusal } from "../form-refusal";

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
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="sm" closeOnOutside={false}>
        <MakeForm onCancel={() => onOpenChange(false)} onMade={onMade} />
      </DialogContent>
    </Dialog>
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
    onError: (error) => {
      const placed = placeRefusal(refusalOf(error), fields);
      for (const field of fields) {
        if (placed.fields[field])
          form.setError(field, { message: placed.fields[field] }, { shouldFocus: true });
      }
      if (placed.form) form.setError("root", { message: placed.form });
    },
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
    <form method="post" noValidate className="flex min-h-0 flex-col" onSubmit={form.handleSubmit(send)}>
      <DialogHeader>
        <DialogTitle>Make a join token</DialogTitle>
        <DialogDescription>New agents bring it once and get a key of their own.</DialogDescription>
      </DialogHeader>
      <DialogBody>
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
        <Controller
          control={form.control}
          name="minutes"
          render={({ field }) => (
            <Field label="Good for">
              <Select value={field.value} onValueChange={field.onChange}>
                <SelectTrigger size="lg">
                  <SelectValue />
                </SelectTrigger>
                <SelectContent>
                  {lifetimes.map(([minutes, words]) => (
                    <SelectItem key={minutes} value={minutes}>
                      {words}
                    </SelectItem>
                  ))}
                </SelectContent>
              </Select>
            </Field>
          )}
        />
        <Field
          label="Group"
          aside="optional"
          error={errors.group?.message}
          hint="The agents come into it by themselves."
        >
          <Input size="lg" autoComplete="off" {...form.register("group", { validate: judgeGroup })} />
        </Field>
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
