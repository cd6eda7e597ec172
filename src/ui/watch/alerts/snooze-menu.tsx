"use client";

import { AlarmClock, BellRing } from "lucide-react";
import type { Alert } from "@/contracts/watch/alert";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../../primitives/dropdown-menu";
import { SnoozeItems } from "./snooze-items";
import { useAct, useActOffBecause } from "./use-act";
import { useSnoozedUntil } from "./use-snoozed";

/** Nobody is told of this one alert for a while; it stays in sight. */
export function SnoozeMenu({ alert, className }: { alert: Alert; className?: string }) {
  const offBecause = useActOffBecause();
  const { snooze, busy } = useAct(alert);
  const snoozed = useSnoozedUntil(alert) !== null;
  const button = (
    <ButtonWithReason
      busy={busy.snooze}
      {...(offBecause ? { offBecause } : {})}
      {...(className ? { className } : {})}
    >
      <AlarmClock aria-hidden="true" />
      Snooze
    </ButtonWithReason>
  );
  if (offBecause) return button;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>{button}</DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuLabel>Tell nobody of it for</DropdownMenuLabel>
        <SnoozeItems onPick={snooze} />
        {snoozed ? (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={() => snooze(null)}>
              <BellRing aria-hidden="true" />
              End the snooze
            </DropdownMenuItem>
          </>
        ) : null}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
