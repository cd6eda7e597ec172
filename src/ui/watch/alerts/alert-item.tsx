"use client";

import Link from "next/link";
import type { Alert } from "@/contracts/watch/alert";
import { shortClockTime } from "../../format/exact-time";
import { RelativeTime } from "../../format/time";
import { Avatar } from "../../primitives/avatar";
import { cn } from "../../primitives/class-names";
import { SeverityWord } from "../severity";
import { AcknowledgeButton } from "./acknowledge-button";
import { AlertShape } from "./alert-shape";
import { alertLine } from "./alert-words";

/**
 * One alert in the list. Who has it or "nobody has it" stands in its last line; one that nobody has carries its
 * button, at thumb height on a phone.
 */
export function AlertItem({ alert, current }: { alert: Alert; current: boolean }) {
  const firing = alert.state === "firing";
  const unowned = firing && alert.acknowledgedAt === null;
  return (
    <li
      data-slot="alert-item"
      data-tone={unowned ? "offline" : "neutral"}
      className={cn(
        "relative flex gap-2.5 px-4 pt-[9px] pb-2.5 text-xs max-md:mx-3 max-md:mb-3 max-md:rounded-xl max-md:border max-md:bg-card max-md:p-3",
        "hover:bg-accent max-md:text-sm",
        unowned && "max-md:border-tone/35 max-md:bg-tone/5",
        current && "md:bg-accent md:shadow-[inset_2px_0_0_var(--foreground)]",
      )}
    >
      <AlertShape alert={alert} className="pt-[3px]" />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <Link
            prefetch={false}
            href={`/alerts/${alert.id}`}
            aria-current={current ? "true" : undefined}
            className="cut flex-1 font-strong text-sm after:absolute after:inset-0 focus-visible:outline-offset-[-2px] max-md:text-lg"
          >
            {alert.agentName}
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
          <Owner alert={alert} />
        </p>
        {unowned ? (
          <div className="relative z-10 mt-2 w-fit max-md:w-full">
            <AcknowledgeButton
              alert={alert}
              className="max-md:w-full md:border-border-strong md:bg-card md:text-foreground md:not-disabled:hover:bg-accent"
            />
          </div>
        ) : null}
      </div>
    </li>
  );
}

function Owner({ alert }: { alert: Alert }) {
  if (alert.acknowledgedBy && alert.acknowledgedAt) {
    const words =
      alert.state === "firing"
        ? `${alert.acknowledgedBy} has it since ${shortClockTime(alert.acknowledgedAt)}`
        : `${alert.acknowledgedBy} had it`;
    return (
      <>
        <Avatar name={alert.acknowledgedBy} size="xs" decorative />
        <span className="cut" suppressHydrationWarning>
          {words}
        </span>
      </>
    );
  }
  return (
    <span className="cut">
      {alert.state === "firing" ? "nobody has it" : (alert.resolution ?? "by itself")}
    </span>
  );
}
