"use client";

import Link from "next/link";
import type { Alert } from "@/contracts/watch/alert";
import type { InhibitedAlerts } from "@/contracts/watch/alert-list";
import type { Silence } from "@/contracts/watch/silence";
import { shortClockTime } from "../../format/exact-time";
import { RelativeTime } from "../../format/time";
import { Avatar } from "../../primitives/avatar";
import { Checkbox } from "../../primitives/checkbox";
import { cn } from "../../primitives/class-names";
import { SeverityWord } from "../severity";
import { AcknowledgeButton } from "./acknowledge-button";
import { AlertShape } from "./alert-shape";
import { AlertSigns } from "./alert-signs";
import { alertLine, ownerWords } from "./alert-words";
import { quietBy } from "./quiet-by";
import { SnoozeMenu } from "./snooze-menu";
import { useSnoozedUntil } from "./use-snoozed";

/**
 * One alert in the list. Who has it or "nobody has it" stands in its last line; one that nobody has carries its
 * buttons, at thumb height on a phone. `search` keeps the list's filter in the address of its link.
 */
export function AlertItem({
  alert,
  current,
  search,
  silence,
  inhibited,
  picked,
  onPick,
}: {
  alert: Alert;
  current: boolean;
  search: string;
  /** What keeps it quiet now. */
  silence?: Silence | undefined;
  /** Which alert speaks for it now. */
  inhibited?: InhibitedAlerts | undefined;
  /** Given while several are picked. */
  picked?: boolean;
  onPick?: (picked: boolean) => void;
}) {
  const firing = alert.state === "firing";
  const unowned = firing && alert.acknowledgedAt === null;
  const quiet = quietBy(alert, { inhibited, silence, snoozedUntil: useSnoozedUntil(alert) });
  const calls = unowned && quiet === null;
  return (
    <li
      data-slot="alert-item"
      data-alert={alert.subject.name}
      data-muted={quiet ? true : undefined}
      data-tone={calls ? (alert.severity === "critical" ? "offline" : "stuck") : "neutral"}
      className={cn(
        "relative flex gap-2.5 px-4 pt-[9px] pb-2.5 text-xs max-md:mx-3 max-md:mb-3 max-md:rounded-xl max-md:border max-md:bg-card max-md:p-3",
        "hover:bg-accent max-md:text-sm",
        calls && "max-md:border-tone/35 max-md:bg-tone/5",
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
        <AlertShape alert={alert} className={cn("pt-[3px]", quiet && "opacity-45")} />
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
              className={cn("text-muted-foreground", calls && "max-md:text-tone")}
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
          <SeverityWord severity={alert.severity} loud={firing && quiet === null} />
          <span aria-hidden="true">·</span>
          {alert.acknowledgedBy ? <Avatar name={alert.acknowledgedBy} size="xs" decorative /> : null}
          <span className="cut flex-auto" suppressHydrationWarning>
            {ownerWords(alert)}
          </span>
          <AlertSigns alert={alert} quiet={quiet} />
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
