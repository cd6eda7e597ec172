"use client";

import { TriangleAlert } from "lucide-react";
import { useForm } from "react-hook-form";
import { Alert } from "../../primitives/alert";
import { DialogForm, FormDialog } from "../form-dialog";
import { LifetimeField } from "../lifetime-field";
import { overlapOf, overlaps } from "./overlap";

/** A new secret for something that keeps its id. The overlap lets nothing stand still while the new one is carried over. */
export function RotateDialog({
  open,
  onOpenChange,
  title,
  older,
  busy,
  onRotate,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Beginning of the secret before the present one, while it is good too: three at once would be one forgotten. */
  older: string | undefined;
  busy: boolean;
  onRotate: (wish: { overlapMinutes?: number }) => void;
}) {
  return (
    <FormDialog open={open} onOpenChange={onOpenChange}>
      <RotateForm
        title={title}
        older={older}
        busy={busy}
        onRotate={onRotate}
        onCancel={() => onOpenChange(false)}
      />
    </FormDialog>
  );
}

function RotateForm({
  title,
  older,
  busy,
  onRotate,
  onCancel,
}: {
  title: string;
  /** Beginning of the secret before the present one, while it is good too: three at once would be one forgotten. */
  older: string | undefined;
  busy: boolean;
  onRotate: (wish: { overlapMinutes?: number }) => void;
  onCancel: () => void;
}) {
  const form = useForm({ defaultValues: { overlap: older ? "0" : "until-used" } });
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
      {older ? (
        <Alert tone="waiting" icon={<TriangleAlert aria-hidden="true" />}>
          <code className="mono">{older}…</code> of the last rotation is still good. Wait until the newest
          secret is used, or end both now.
        </Alert>
      ) : null}
      <LifetimeField
        control={form.control}
        name="overlap"
        label="The old secret stays good"
        hint="With both good for a while, nothing stands still while you carry the new one over."
        choices={older ? overlaps.filter(([choice]) => choice === "0") : overlaps}
      />
    </DialogForm>
  );
}
