"use client";

import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Inhibition } from "@/contracts/watch/policy";
import { FormDialog } from "../../people/form-dialog";
import { Badge } from "../../primitives/badge";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { Card, CardHeader } from "../../primitives/card";
import { cn } from "../../primitives/class-names";
import { Switch } from "../../primitives/switch";
import { InhibitionForm } from "./inhibition-form";
import { inhibitionSentence } from "./words/route-words";
import { freshId } from "./words/tree";

const blank: Inhibition = {
  id: "new",
  name: "",
  source: [{ label: "kind", op: "=", value: "host-down" }],
  target: [{ label: "kind", op: "=", value: "offline" }],
  equal: ["host"],
  enabled: true,
};

/** Alerts that speak for others: while one fires, those under it are not told. */
export function InhibitionsCard({
  inhibitions,
  because,
  muting,
  onChange,
}: {
  inhibitions: readonly Inhibition[];
  because: string | undefined;
  /** The one that would mute the tried alert now. */
  muting: string | undefined;
  onChange: (inhibitions: Inhibition[]) => void;
}) {
  const [open, setOpen] = useState<Inhibition | null>(null);
  const off = because ? { offBecause: because } : {};
  const take = (inhibition: Inhibition) => {
    setOpen(null);
    if (inhibition.id !== blank.id)
      onChange(inhibitions.map((one) => (one.id === inhibition.id ? inhibition : one)));
    else {
      const id = freshId(
        inhibition.name,
        inhibitions.map((one) => one.id),
      );
      onChange([...inhibitions, { ...inhibition, id }]);
    }
  };
  return (
    <Card aria-label="Muting">
      <CardHeader title="One alert speaks for others">
        <ButtonWithReason onClick={() => setOpen(blank)} {...off}>
          <Plus aria-hidden="true" />
          Add
        </ButtonWithReason>
      </CardHeader>
      <ul>
        {inhibitions.map((inhibition) => (
          <li
            key={inhibition.id}
            data-slot="inhibition"
            className={cn(
              "flex flex-wrap items-start gap-x-3 gap-y-1 border-border/62 border-t py-3 pr-3 pl-4",
              muting === inhibition.id && "bg-hand/7 shadow-[inset_2px_0_0_var(--hand)]",
            )}
          >
            <div className={cn("min-w-0 flex-1 basis-72", !inhibition.enabled && "text-muted-foreground")}>
              <h3 className="flex items-center gap-2 font-strong text-sm">
                <span className="cut">{inhibition.name}</span>
                {muting === inhibition.id ? (
                  <Badge variant="tinted" tone="hand">
                    mutes it now
                  </Badge>
                ) : null}
              </h3>
              <p className="mt-0.5 text-pretty text-muted-foreground">{inhibitionSentence(inhibition)}</p>
            </div>
            <span className="flex items-center gap-1 max-md:ml-auto">
              <Switch
                aria-label={`${inhibition.name} is on`}
                className="mr-2"
                checked={inhibition.enabled}
                disabled={because !== undefined}
                onCheckedChange={(enabled) =>
                  onChange(inhibitions.map((one) => (one.id === inhibition.id ? { ...one, enabled } : one)))
                }
              />
              <ButtonWithReason
                variant="ghost"
                size="icon"
                aria-label={`Change ${inhibition.name}`}
                onClick={() => setOpen(inhibition)}
                {...off}
              >
                <Pencil aria-hidden="true" />
              </ButtonWithReason>
              <ButtonWithReason
                variant="ghost"
                size="icon"
                aria-label={`Take ${inhibition.name} away`}
                onClick={() => onChange(inhibitions.filter((one) => one.id !== inhibition.id))}
                {...off}
              >
                <Trash2 aria-hidden="true" />
              </ButtonWithReason>
            </span>
          </li>
        ))}
        {inhibitions.length === 0 ? (
          <li className="border-t px-4 py-3 text-muted-foreground">None: every alert is told by itself.</li>
        ) : null}
      </ul>
      <FormDialog size="lg" open={open !== null} onOpenChange={() => setOpen(null)}>
        {open ? (
          <InhibitionForm
            inhibition={open}
            isNew={open.id === blank.id}
            onTake={take}
            onCancel={() => setOpen(null)}
          />
        ) : null}
      </FormDialog>
    </Card>
  );
}
