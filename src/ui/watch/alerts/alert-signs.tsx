"use client";

import { AlarmClock, BellOff, Waves } from "lucide-react";
import type { ReactNode } from "react";
import type { Alert } from "@/contracts/watch/alert";
import { DayTime } from "../until-time";
import type { QuietBy } from "./quiet-by";

/** What keeps it quiet or restless: parts of the alert's last line. */
export function AlertSigns({ alert, quiet }: { alert: Alert; quiet: QuietBy | null }) {
  return (
    <>
      {alert.flapping ? <Sign icon={<Waves aria-hidden="true" className="size-3" />}>flapping</Sign> : null}
      {quiet ? <QuietSign quiet={quiet} /> : null}
    </>
  );
}

function QuietSign({ quiet: { inhibited, silence, snoozedUntil } }: { quiet: QuietBy }) {
  const bell = <BellOff aria-hidden="true" className="size-3" />;
  if (inhibited) {
    return (
      <>
        <Sign icon={bell}>muted, not told</Sign>
        {inhibited.until ? (
          <Why title={`${inhibited.source} is over: told unless it comes back as well`}>it may come back</Why>
        ) : (
          <Why title={`By “${inhibited.by}” while ${inhibited.source} fires`}>by {inhibited.source}</Why>
        )}
      </>
    );
  }
  if (silence) {
    const by = `by ${silence.createdBy.name}: ${silence.reason}`;
    return (
      <>
        <Sign icon={bell}>
          {silence.kind === "maintenance" ? "maintenance" : "silenced"}
          {silence.activeUntil ? (
            <>
              {" "}
              until <DayTime at={silence.activeUntil} />
            </>
          ) : null}
        </Sign>
        <Why title={by}>{by}</Why>
      </>
    );
  }
  return (
    <Sign icon={<AlarmClock aria-hidden="true" className="size-3" />}>
      snoozed until {snoozedUntil ? <DayTime at={snoozedUntil} /> : null}
    </Sign>
  );
}

function Sign({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <span className="inline-flex shrink-0 items-center gap-1" suppressHydrationWarning>
      {icon}
      {children}
    </span>
  );
}

/**
 * By whom, where a finger and a screen reader find it too. It is the first to be cut where the line is full: by all of it,
 * since a hair of a pixel less would already cut who has the alert.
 */
function Why({ title, children }: { title: string; children: ReactNode }) {
  return (
    <span className="cut min-w-8 shrink-[9999]" title={title}>
      {children}
    </span>
  );
}
