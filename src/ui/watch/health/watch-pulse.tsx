"use client";

import Link from "next/link";
import { formatDuration } from "../../format/duration";
import { exactTime } from "../../format/exact-time";
import { TextLink } from "../../primitives/text-link";
import { backlogWords } from "./health-parts";
import { useHealth } from "./use-watch-health";

/** At the end of the tabs of alerts: an empty list is only good news as long as somebody looks. */
export function WatchPulse() {
  const { data } = useHealth("tabs");
  if (!data || data.evaluation.lagMs === null) return null;
  const { evaluation, delivery } = data;
  const ageWords = (ms: number) => (ms < 1_000 ? "under 1 s" : formatDuration(ms));
  const late = evaluation.late || delivery.late;
  return (
    <TextLink asChild className="text-muted-foreground no-underline hover:underline">
      <Link href="/alerts/health" prefetch={false} title={`As of ${exactTime(data.asOf)}`}>
        <span data-tone="stuck" className={late ? "font-strong text-tone" : undefined}>
          Rules evaluated {ageWords(evaluation.lagMs ?? 0)} ago ·{" "}
          {backlogWords({ ...delivery, oldestMs: null })}
        </span>
      </Link>
    </TextLink>
  );
}
