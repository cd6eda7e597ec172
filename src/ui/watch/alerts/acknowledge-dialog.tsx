"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import type { Alert } from "@/contracts/watch/alert";
import { trpc } from "../../api/trpc";
import { DialogForm, FormDialog } from "../../people/form-dialog";
import { showRefusal } from "../../people/show-refusal";
import { Field } from "../../primitives/field";
import { Textarea } from "../../primitives/textarea";
import { ownerOf } from "./owner-of";

/** "I have it", with a note for the others where there is something to say. Enter sends it as it is. */
export function AcknowledgeDialog({
  alert,
  open,
  onOpenChange,
}: {
  alert: Alert;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <FormDialog open={open} onOpenChange={onOpenChange}>
      <AcknowledgeForm alert={alert} onDone={() => onOpenChange(false)} />
    </FormDialog>
  );
}

function AcknowledgeForm({ alert, onDone }: { alert: Alert; onDone: () => void }) {
  const form = useForm({ defaultValues: { note: "" } });
  const { errors } = form.formState;
  // Who was faster is in the refusal: the live line may tell it later.
  const [faster, setFaster] = useState<string | null>(null);
  const cache = trpc.useUtils();
  const acknowledge = trpc.alerts.acknowledge.useMutation({
    onSuccess: async () => {
      onDone();
      await cache.alerts.invalidate();
    },
    onError: async (error) => {
      showRefusal(form, ["note"], error);
      setFaster(ownerOf(error));
      await cache.alerts.invalidate();
    },
  });
  const owner = alert.acknowledgedBy ?? faster;
  const send = form.handleSubmit(({ note }) =>
    acknowledge.mutate({
      id: alert.id,
      takeOver: owner !== null,
      ...(note.trim() ? { note: note.trim() } : {}),
    }),
  );
  return (
    <DialogForm
      title={owner ? `Take over from ${owner}?` : `Acknowledge ${alert.subject.name}`}
      description={
        owner
          ? `${owner} has it now. Everybody sees that you take it.`
          : "Everybody sees that you have it. Nobody else is called, and it ends when the trouble does."
      }
      error={errors.root?.message}
      does={owner ? "Take over" : "Acknowledge"}
      busy={acknowledge.isPending}
      onSubmit={send}
      onCancel={onDone}
    >
      <Field label="Note" aside="if you like" error={errors.note?.message}>
        <Textarea
          maxLength={500}
          placeholder="Looking at it, probably the disk…"
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey) return;
            event.preventDefault();
            void send();
          }}
          {...form.register("note")}
        />
      </Field>
    </DialogForm>
  );
}
