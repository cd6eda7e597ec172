"use client";

import { AlarmClock, Check } from "lucide-react";
import type { Alert } from "@/contracts/watch/alert";
import type { AlertOutcome } from "@/contracts/watch/several-alerts";
import { mostAlertsAtOnce } from "@/contracts/watch/several-alerts";
import { trpc } from "../../api/trpc";
import { countOf } from "../../format/quantity";
import { tellFailure } from "../../people/tell";
import { Button } from "../../primitives/button";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "../../primitives/dropdown-menu";
import { TextLink } from "../../primitives/text-link";
import { toast } from "../../primitives/toast";
import { SnoozeItems } from "./snooze-items";
import { useActOffBecause } from "./use-act";

/** What can be done with several alerts at once; those that are refused are named, and stop no other. */
export function SeveralBar({
  alerts,
  all,
  onPick,
  onDone,
}: {
  alerts: readonly Alert[];
  /** Those that the list shows. */
  all: readonly Alert[];
  onPick: (ids: ReadonlySet<string>) => void;
  onDone: () => void;
}) {
  const offBecause = useActOffBecause();
  const told = (verb: string) => ({
    onSuccess: ({ items }: { items: AlertOutcome[] }) => {
      const refused = items.flatMap(({ error }) => (error ? [error.message] : []));
      const done = countOf(items.length - refused.length, "alert");
      if (refused.length === 0) toast.done({ title: `${done} ${verb}` });
      else toast.failed({ title: `${done} ${verb}, ${refused.length} not.`, detail: refused[0] ?? "" });
      onDone();
    },
    onError: tellFailure(`None was ${verb}`),
  });
  const acknowledge = trpc.alerts.acknowledgeSeveral.useMutation(told("acknowledged"));
  const snooze = trpc.alerts.snoozeSeveral.useMutation(told("snoozed"));
  const ids = alerts.map(({ id }) => id).slice(0, mostAlertsAtOnce);
  const because = offBecause ?? (ids.length === 0 ? "Pick at least one alert." : undefined);
  const off = because ? { offBecause: because } : {};
  const snoozeButton = (
    <ButtonWithReason busy={snooze.isPending} {...off}>
      <AlarmClock aria-hidden="true" />
      Snooze
    </ButtonWithReason>
  );
  return (
    <div
      role="toolbar"
      aria-label="With the picked alerts"
      className="grid gap-2 border-t bg-card px-4 py-2.5 max-md:px-3"
    >
      <p className="flex items-center justify-between text-muted-foreground text-xs">
        <span className="num" aria-live="polite">
          {countOf(alerts.length, "alert")} picked
          {alerts.length > mostAlertsAtOnce ? `, the worst ${mostAlertsAtOnce} are taken` : ""}
        </span>
        <TextLink onClick={() => onPick(new Set(all.slice(0, mostAlertsAtOnce).map(({ id }) => id)))}>
          Pick {all.length > mostAlertsAtOnce ? `the worst ${mostAlertsAtOnce}` : `all ${all.length}`}
        </TextLink>
      </p>
      <div className="flex gap-1.5">
        <ButtonWithReason
          variant="primary"
          className="max-md:flex-1"
          busy={acknowledge.isPending}
          onClick={() => acknowledge.mutate({ ids })}
          {...off}
        >
          <Check aria-hidden="true" className="text-inherit" />
          Acknowledge {ids.length > 0 ? ids.length : ""}
        </ButtonWithReason>
        {because ? (
          snoozeButton
        ) : (
          <DropdownMenu>
            <DropdownMenuTrigger asChild>{snoozeButton}</DropdownMenuTrigger>
            <DropdownMenuContent>
              <DropdownMenuLabel>Tell nobody of them for</DropdownMenuLabel>
              <SnoozeItems onPick={(forMs) => snooze.mutate({ ids, forMs })} />
            </DropdownMenuContent>
          </DropdownMenu>
        )}
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
