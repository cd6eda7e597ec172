"use client";

import Link from "next/link";
import type { WatchHealth } from "@/contracts/watch/dead-man";
import { clockTime } from "../../format/exact-time";
import { ExactTime, RelativeTime } from "../../format/time";
import { Button } from "../../primitives/button";
import { StatusShape } from "../../status/shapes";
import { doneUntil, type HealthPart, healthParts } from "./health-parts";

/** What has to go well for an alert to be told, each with its state, its number and what to do about it. */
export function HealthList({ health }: { health: WatchHealth }) {
  return (
    <>
      <ul aria-label="State of watching" className="divide-y divide-border/62">
        {healthParts(health).map((part) => (
          <HealthRow key={part.id} part={part} health={health} />
        ))}
      </ul>
      <p className="num border-t px-4 py-2 text-2xs text-muted-foreground">
        As of <span suppressHydrationWarning>{clockTime(health.asOf)}</span>, asked anew every five seconds.
      </p>
    </>
  );
}

function HealthRow({ part, health }: { part: HealthPart; health: WatchHealth }) {
  const { id, tone, shape, title, says, todo, link } = part;
  return (
    <li data-part={id} data-tone={tone} className="flex gap-3 px-4 py-3">
      <StatusShape shape={shape} className="mt-[3px] text-tone" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline justify-between gap-x-4">
          <b className="font-strong">{title}</b>
          <span className="num text-muted-foreground text-xs">
            <LastSign id={id} health={health} />
          </span>
        </p>
        <p className="num mt-0.5 max-w-prose text-muted-foreground text-xs">{says}</p>
        {todo.length > 0 ? (
          <ol aria-label="What to do" className="mt-2 max-w-prose list-decimal space-y-1 pl-4 text-xs">
            {todo.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        ) : null}
        {link ? (
          <Button asChild className="mt-2.5">
            <Link href={link.href}>{link.words}</Link>
          </Button>
        ) : null}
      </div>
    </li>
  );
}

/** When it was last seen to work. */
function LastSign({ id, health }: Pick<HealthPart, "id"> & { health: WatchHealth }) {
  if (id === "channels") return null;
  if (id === "outside") {
    const { enabled, last } = health.deadMan;
    if (!enabled || !last) return null;
    return (
      <>
        last ping <RelativeTime at={last.at} suffix="ago" />
      </>
    );
  }
  const until = doneUntil(health.asOf, health[id]);
  if (until === null) return null;
  return (
    <>
      {id === "evaluation" ? "evaluated" : "handled"} until <ExactTime at={until} />
    </>
  );
}
