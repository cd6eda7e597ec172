"use client";

import { useForm } from "react-hook-form";
import { DialogForm, FormDialog } from "../form-dialog";
import { LifetimeField } from "../lifetime-field";
import { overlapOf, overlaps } from "./overlap";

/** A new secret for something that keeps its id. The overlap lets nothing stand still while the new one is carried over. */
export function RotateDialog({
  open,
  onOpenChange,
  title,
  busy,
  onRotate,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  busy: boolean;
  onRotate: (wish: { overlapMinutes?: number }) => void;
}) {
  return (
    <FormDialog open={open} onOpenChange={onOpenChange}>
      <RotateForm title={title} busy={busy} onRotate={onRotate} onCancel={() => onOpenChange(false)} />
    </FormDialog>
  );
}

function RotateForm({
  title,
  busy,
  onRotate,
  onCancel,
}: {
  title: string;
  busy: boolean;
  onRotate: (wish: { overlapMinutes?: number }) => void;
  onCancel: () => void;
}) {
  const form = useForm({ defaultValues: { overlap: "until-used" } });
  return (
    <DialogForm
      title={title}
      description="Its id stays. The new secret is shown once, in the next window."
      error={undefined}
      does="Make a new secret"
      busy={busy}
      onSubmit={form.handleSubmit(({ overlap }) => onRotate(overlapOf(overlap)))}
      onCancel={onCancel}
    >
      <LifetimeField
        control={form.control}
        name="overlap"
        label="The old secret stays good"
        hint="With both good for a while, nothing stands still while you carry the new one over."
        choices={overlaps}
      />
    </DialogForm>
  );
}
