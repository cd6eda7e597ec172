"use client";

import Link from "next/link";
import type { WatchHealth } from "@/contracts/watch/dead-man";
import { formatDuration } from "../../format/duration";
import { exactTime } from "../../format/exact-time";
import { TextLink } from "../../primitives/text-link";
import { backlogWords } from "./health-parts";
import { useHealth } from "./use-watch-health";

/**
 * At the end of the tabs of alerts, for everybody: an empty list is only good news as long as somebody looks and what
 * they are told arrives. So the first fault stands there instead of how quick all is, when there is one.
 */
export function WatchPulse() {
  const { data } = useHealth("tabs");
  const words = data ? (data.faults[0] ?? wellWords(data)) : null;
  if (!data || words === null) return null;
  const faulty = data.faults.length > 0;
  return (
    <TextLink asChild className="text-muted-foreground no-underline hover:underline">
      <Link
        href="/alerts/health"
        prefetch={false}
        title={[...data.faults, `As of ${exactTime(data.asOf)}`].join(" ")}
      >
        <span
          data-tone="stuck"
          // Names of channels are as long as people make them, and the tabs need their room.
          className={faulty ? "cut block max-w-[48ch] font-strong text-tone" : undefined}
        >
          {words}
        </span>
      </Link>
    </TextLink>
  );
}

/** "Rules evaluated under 1 s ago · nothing waits to be sent"; null: no rule was evaluated yet. */
function wellWords({ evaluation: { lagMs }, delivery }: WatchHealth): string | null {
  if (lagMs === null) return null;
  const age = lagMs < 1_000 ? "under 1 s" : formatDuration(lagMs);
  return `Rules evaluated ${age} ago · ${backlogWords({ ...delivery, oldestMs: null })}`;
}
