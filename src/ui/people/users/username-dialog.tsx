"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { z } from "zod";
import type { Person } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { Field } from "../../primitives/field";
import { Input } from "../../primitives/input";
import { toast } from "../../primitives/toast";
import { DialogForm, FormDialog } from "../form-dialog";
import { errorSentence } from "../sentence";
import { showRefusal } from "../show-refusal";
import { typedUsernameSchema } from "./typed-username";

const typedSchema = z.object({ username: typedUsernameSchema });

/** What a person may type in place of the e-mail address to sign in; empty takes it away. */
export function UsernameDialog({
  person,
  open,
  onOpenChange,
}: {
  person: Person;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <FormDialog open={open} onOpenChange={onOpenChange}>
      <UsernameForm person={person} onDone={() => onOpenChange(false)} />
    </FormDialog>
  );
}

function UsernameForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const form = useForm<z.input<typeof typedSchema>>({
    resolver: zodResolver(typedSchema),
    defaultValues: { username: person.username ?? "" },
  });
  const { errors } = form.formState;
  const cache = trpc.useUtils();
  const change = trpc.users.change.useMutation({
    onSuccess: async ({ name, username }) => {
      toast.done({
        title: username ? `${name} signs in as ${username} now` : `${name} has no username now`,
        detail: username ? "or with the e-mail address, as before" : "and signs in with the e-mail address",
      });
      onDone();
      await cache.users.list.invalidate();
    },
    onError: (error) => showRefusal(form, ["username"], error),
  });
  return (
    <DialogForm
      title={`Username of ${person.name}`}
      description="Signs in as well as the e-mail address does. Leave it empty to take it away."
      error={errors.root?.message}
      does="Save the username"
      busy={change.isPending}
      onSubmit={form.handleSubmit(({ username }) =>
        change.mutate({ id: person.id, username: username || null }),
      )}
      onCancel={onDone}
    >
      <Field label="Username" error={errorSentence(errors.username)}>
        <Input
          size="lg"
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          {...form.register("username")}
        />
      </Field>
    </DialogForm>
  );
}
