"use client";

import { ChevronLeft, SquareArrowOutUpRight } from "lucide-react";
import Link from "next/link";
import type { Alert } from "@/contracts/watch/alert";
import { trpc } from "../../api/trpc";
import { RelativeTime } from "../../format/time";
import { Avatar } from "../../primitives/avatar";
import { Badge } from "../../primitives/badge";
import { Button } from "../../primitives/button";
import { severityLook } from "../severity";
import { AcknowledgeButton } from "./acknowledge-button";
import { AlertShape } from "./alert-shape";
import { alertLine } from "./alert-words";
import { storyOf } from "./story";
import { StoryList } from "./story-list";

/** Tries come at moments that the outbox names, so the page looks again just after the next one. */
const lookAfterMs = 700;
/** A try that is under way may take its time: it is not asked about more often. */
const leastMs = 2_000;

/** One alert with everything that happened to it. */
export function AlertStory({ alert }: { alert: Alert }) {
  const told = trpc.notifications.list.useQuery(
    { alertId: alert.id, limit: 50 },
    {
      refetchInterval: ({ state }) => {
        const due = state.data?.items.flatMap(({ state, nextAttemptAt }) =>
          state === "pending" ? [Date.parse(nextAttemptAt ?? "") || Date.now()] : [],
        );
        return due?.length ? Math.max(leastMs, Math.min(...due) - Date.now() + lookAfterMs) : false;
      },
    },
  );
  // The outbox changes with the alert: firing, acknowledged and resolved each may bring a message.
  const steps = storyOf(alert, told.data?.items ?? []);
  const firing = alert.state === "firing";
  return (
    <section aria-label={`Story of ${alert.agentName}`} className="px-6 py-4 max-md:px-4">
      <Link
        href="/alerts"
        className="mb-2 -ml-1 inline-flex h-11 items-center gap-1 font-medium text-muted-foreground md:hidden"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
        All alerts
      </Link>
      <header className="flex flex-wrap items-center gap-x-2.5 gap-y-2">
        <h2 className="cut text-lg">
          {alert.agentName} {firing ? `is ${alert.kind}` : `was ${alert.kind}`}
        </h2>
        <Badge variant="tinted" tone={firing ? severityLook(alert.severity).tone : "online"}>
          <AlertShape alert={alert} />
          {firing ? (
            <>
              Firing <RelativeTime at={alert.firedAt} />
            </>
          ) : (
            "Resolved"
          )}
        </Badge>
        <span className="flex-1" />
        {firing && alert.acknowledgedBy ? (
          <span className="flex items-center gap-1.5 text-muted-foreground text-xs">
            <Avatar name={alert.acknowledgedBy} size="xs" decorative />
            {alert.acknowledgedBy} has it
          </span>
        ) : null}
        <Button asChild>
          <Link href={`/agents/${alert.agentId}`}>
            <SquareArrowOutUpRight aria-hidden="true" />
            Open the agent
          </Link>
        </Button>
        {firing && !alert.acknowledgedAt ? <AcknowledgeButton alert={alert} /> : null}
      </header>
      <p className="mt-1 text-muted-foreground">
        {alertLine(alert)}
        {alert.group ? `, group ${alert.group}` : ""}
      </p>
      <StoryList steps={steps} />
      {told.data?.items.length === 0 ? (
        <p className="mt-1 ml-[30px] text-muted-foreground text-xs">
          Nobody was told: no channel was switched on when it fired.{" "}
          <Link href="/settings/channels" className="underline underline-offset-3">
            Add one
          </Link>
        </p>
      ) : null}
    </section>
  );
}
