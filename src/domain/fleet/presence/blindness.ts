import type { NewFact } from "@/contracts/facts";
import type { Ids } from "@/platform/ids";

/** When nobody watched, ms of the database's clock. */
export type Blindness = { fromMs: number; toMs: number };

/** One fact an account, which is also one note on the board: from when to when nobody watched. */
export function factOfBlindness(ids: Ids, { fromMs, toMs }: Blindness): NewFact {
  const from = new Date(fromMs).toISOString();
  const to = new Date(toMs).toISOString();
  const id = ids.id("blind");
  const text = `Mission Control did not watch for ${lengthOf(toMs - fromMs)}. What agents did meanwhile is not known.`;
  return {
    kind: "monitoring.was_blind",
    target: { kind: "monitoring", id, name: "Monitoring" },
    after: { id, from, to, text },
  };
}

function lengthOf(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
