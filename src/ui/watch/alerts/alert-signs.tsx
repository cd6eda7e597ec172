"use client";

import { AlarmClock, BellOff, Waves } from "lucide-react";
import type { ReactNode } from "react";
import type { Alert } from "@/contracts/watch/alert";
import type { InhibitedAlerts } from "@/contracts/watch/alert-list";
import type { Silence } from "@/contracts/watch/silence";
import { shortClockTime } from "../../format/exact-time";

/** What keeps a firing alert from being told, so that nobody takes it for one that was. */
export interface QuietBy {
  inhibited?: InhibitedAlerts | undefined;
  silence?: Silence | undefined;
  snoozedUntil?: string | null;
}

/** The one of these by which it is quiet; null: by none. */
export function quietBy({ state }: Alert, { inhibited, silence, snoozedUntil }: QuietBy): QuietBy | null {
  if (state !== "firing") return null;
  if (inhibited) return { inhibited };
  if (silence) return { silence };
  return snoozedUntil ? { snoozedUntil } : null;
}

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
      <Sign icon={bell} title={`By “${inhibited.by}” while ${inhibited.source} fires`}>
        muted, not told
      </Sign>
    );
  }
  if (silence) {
    return (
      <Sign icon={bell} title={`By ${silence.createdBy.name}: ${silence.reason}`}>
        {silence.kind === "maintenance" ? "maintenance" : "silenced"}
        {silence.activeUntil ? ` until ${shortClockTime(silence.activeUntil)}` : ""}
      </Sign>
    );
  }
  return (
    <Sign icon={<AlarmClock aria-hidden="true" className="size-3" />}>
      snoozed until {shortClockTime(snoozedUntil ?? "")}
    </Sign>
  );
}

function Sign({ icon, title, children }: { icon: ReactNode; title?: string; children: ReactNode }) {
  return (
    <span className="inline-flex shrink-0 items-center gap-1" title={title} suppressHydrationWarning>
      {icon}
      {children}
    </span>
  );
}
