import type { Labels } from "@/contracts/watch/matcher";
import { mostAheadMs } from "../../most-ahead";
import { valuesOf } from "../matches";
import type { EffectiveRoute } from "./route";
import { held, passed, type Verdict } from "./stage";

/** The grouping labels and their values, as canonical JSON: alerts with the same text go in one message. */
export function groupKey(groupBy: readonly string[], labels: Labels): string {
  const names = [...new Set(groupBy)].sort();
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, valueText(labels, name)])));
}

function valueText(labels: Labels, name: string): string {
  return [...valuesOf(labels, name)].sort().join(", ");
}

type GroupTimes = Pick<EffectiveRoute, "waitMs" | "intervalMs">;

/**
 * When a group may say what came at `arrivedMs`: a new group gathers for its wait; one that has told something
 * gathers as long and keeps its interval, unless all is over: then the wait alone. What happened before the clock was
 * set back was long enough ago.
 */
export function newsDueMs(
  times: GroupTimes,
  { openedAtMs, lastNewsAtMs }: { openedAtMs: number; lastNewsAtMs: number | null },
  { arrivedMs, allClear }: { arrivedMs: number; allClear: boolean },
  nowMs = arrivedMs,
): number {
  const past = (ms: number) => (ms > nowMs + mostAheadMs ? Number.NEGATIVE_INFINITY : ms);
  if (lastNewsAtMs === null) return past(openedAtMs) + times.waitMs;
  const gathered = past(arrivedMs) + times.waitMs;
  return allClear ? gathered : Math.max(gathered, past(lastNewsAtMs) + times.intervalMs);
}

/** The stage: whether it still waits for others of its group. */
export function group(dueMs: number, at: Date, { groupBy }: Pick<EffectiveRoute, "groupBy">): Verdict {
  const others = groupBy.length === 0 ? "all others" : `others of the same ${groupBy.join(" and ")}`;
  if (dueMs <= at.getTime()) return passed("group", `Together with ${others}`);
  return held("group", `Waits for ${others}, to go in one message`, new Date(dueMs));
}
