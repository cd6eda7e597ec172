"use client";

import { BellRing } from "lucide-react";
import Link from "next/link";
import { clockTime } from "../../format/exact-time";
import { useOwnZone } from "../../format/ticker";
import { asksForSomebody, takenBy } from "../../live/asks";
import { useAlertOn } from "../../live/hooks";

/** The alert that fires for this agent, and whether somebody has it. */
export function AlertBell({ agentId }: { agentId: string }) {
  const alert = useAlertOn(agentId);
  const ownZone = useOwnZone();
  if (!alert) return null;
  const since = ownZone ? ` since ${clockTime(alert.firedAt)}` : "";
  const words = `${alert.summary} Firing${since}, by the rule “${alert.ruleName}”; ${takenBy(alert)}.`;
  return (
    <Link
      href={`/alerts/${alert.id}`}
      prefetch={false}
      title={words}
      aria-label={words}
      tabIndex={-1}
      onClick={(event) => event.stopPropagation()}
      className={
        asksForSomebody(alert)
          ? "inline-grid align-middle text-status-offline"
          : "inline-grid align-middle text-muted-foreground"
      }
    >
      <BellRing aria-hidden="true" className="size-[15px]" />
    </Link>
  );
}
