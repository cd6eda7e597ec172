"use client";

import { AlarmClock, BellOff, Waves } from "lucide-react";
import Link from "next/link";
import type { Alert } from "@/contracts/watch/alert";
import type { Silence } from "@/contracts/watch/silence";
import { shortClockTime } from "../../format/exact-time";
import { useNow } from "../../format/ticker";
import { RelativeTime } from "../../format/time";
import { Avatar } from "../../primitives/avatar";
import { Checkbox } from "../../primitives/checkbox";
import { cn } from "../../primitives/class-names";
import { SeverityWord } from "../severity";
import { AcknowledgeButton } from "./acknowledge-button";
import { AlertShape } from "./alert-shape";
import { alertLine, ownerWords } from "./alert-words";
import { SnoozeMenu } from "./snooze-menu";

/**
 * One alert in the list. Who has it or "nobody has it" stands in its last line; one that nobody has carries its
 * buttons, at thumb height on a phone. `search` keeps the list's filter in the address of its link.
 */
export function AlertItem({
  alert,
  current,
  search,
  silence,
  picked,
  onPick,
}: {
  alert: Alert;
  current: boolean;
  search: string;
  /** What keeps it quiet now. */
  silence?: Silence | undefined;
  /** Given while several are picked. */
  picked?: boolean;
  onPick?: (picked: boolean) => void;
}) {
  const firing = alert.state === "firing";
  const unowned = firing && alert.acknowledgedAt === null;
  return (
    <li
      data-slot="alert-item"
      data-alert={alert.subject.name}
      data-tone={unowned ? (alert.severity === "critical" ? "offline" : "stuck") : "neutral"}
      className={cn(
        "relative flex gap-2.5 px-4 pt-[9px] pb-2.5 text-xs max-md:mx-3 max-md:mb-3 max-md:rounded-xl max-md:border max-md:bg-card max-md:p-3",
        "hover:bg-accent max-md:text-sm",
        unowned && "max-md:border-tone/35 max-md:bg-tone/5",
        current && "md:bg-accent md:shadow-[inset_2px_0_0_var(--foreground)]",
        picked && "bg-hand/7 md:shadow-[inset_2px_0_0_var(--hand)]",
      )}
    >
      {onPick ? (
        <Checkbox
          className="z-10 mt-1"
          aria-label={`Pick ${alert.subject.name}: ${alert.ruleName}`}
          checked={picked ?? false}
          onCheckedChange={(next) => onPick(next === true)}
        />
      ) : (
        <AlertShape alert={alert} className="pt-[3px]" />
      )}
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <Link
            prefetch={false}
            href={`/alerts/${alert.id}${search}`}
            data-alert-link=""
            aria-current={current ? "true" : undefined}
            className="cut flex-1 font-strong text-sm after:absolute after:inset-0 focus-visible:outline-offset-[-2px] max-md:text-lg"
          >
            {alert.subject.name}
          </Link>
          {firing ? (
            <RelativeTime
              at={alert.since}
              className={cn("text-muted-foreground", unowned && "max-md:text-tone")}
            />
          ) : (
            <time
              dateTime={alert.resolvedAt ?? ""}
              className="num text-muted-foreground"
              suppressHydrationWarning
            >
              {shortClockTime(alert.resolvedAt ?? alert.firedAt)}
            </time>
          )}
        </div>
        <p className="cut text-muted-foreground max-md:whitespace-normal">{alertLine(alert)}</p>
        <p className="flex min-h-[18px] min-w-0 items-center gap-1.25 text-muted-foreground">
          <SeverityWord severity={alert.severity} loud={firing} />
          <span aria-hidden="true">·</span>
          {alert.acknowledgedBy ? <Avatar name={alert.acknowledgedBy} size="xs" decorative /> : null}
          <span className="cut flex-1" suppressHydrationWarning>
            {ownerWords(alert)}
          </span>
          <Signs alert={alert} silence={silence} />
        </p>
        {unowned && !onPick ? (
          <div className="relative z-10 mt-2 flex w-fit gap-1.5 max-md:mt-3 max-md:w-full max-md:gap-2">
            <AcknowledgeButton
              alert={alert}
              className="max-md:flex-1 md:border-border-strong md:bg-card md:text-foreground md:not-disabled:hover:bg-accent"
            />
            <SnoozeMenu alert={alert} className="max-md:flex-1" />
          </div>
        ) : null}
      </div>
    </li>
  );
}

/** What keeps it quiet or restless. */
function Signs({ alert, silence }: { alert: Alert; silence: Silence | undefined }) {
  const nowMs = useNow();
  const snoozed = alert.snoozedUntil !== null && Date.parse(alert.snoozedUntil) > nowMs;
  const firing = alert.state === "firing";
  return (
    <>
      {alert.flapping ? (
        <span className="inline-flex items-center gap-1">
          <Waves aria-hidden="true" className="size-3" />
          flapping
        </span>
      ) : null}
      {firing && silence ? (
        <span
          className="inline-flex shrink-0 items-center gap-1"
          title={`By ${silence.createdBy.name}: ${silence.reason}`}
        >
          <BellOff aria-hidden="true" className="size-3" />
          {silence.kind === "maintenance" ? "maintenance" : "silenced"}
          {silence.activeUntil ? ` until ${shortClockTime(silence.activeUntil)}` : ""}
        </span>
      ) : firing && snoozed ? (
        <span className="inline-flex shrink-0 items-center gap-1" suppressHydrationWarning>
          <AlarmClock aria-hidden="true" className="size-3" />
          snoozed until {shortClockTime(alert.snoozedUntil ?? "")}
        </span>
      ) : null}
    </>
  );
}
