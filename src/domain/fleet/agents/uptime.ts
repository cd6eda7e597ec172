import type { z } from "zod";
import type { uptimeSchema } from "@/contracts/fleet/agent";
import type { AgentStatus } from "@/contracts/fleet/status";

export type Uptime = z.infer<typeof uptimeSchema>;
/** From `atMs` on it was so; `null` before it existed. */
export type StatusSpan = { atMs: number; status: AgentStatus | null; stuck: boolean };

/** The worse one colours a slice in which there were several. */
const badness: Record<AgentStatus, number> = {
  offline: 8,
  unknown: 7,
  restarting: 6,
  stopping: 5,
  updating: 4,
  stopped: 3,
  paused: 2,
  online: 1,
  "never-connected": 0,
};
const up: readonly AgentStatus[] = ["online", "restarting", "updating", "paused"];

/**
 * Slices of `[fromMs, toMs)`, and how much of the time in which it should have been there it was. Stopped on
 * purpose, unknown to us and not yet connected count neither way. `spans` are in order; before the first: `null`.
 */
export function uptimeSlices(spans: StatusSpan[], fromMs: number, toMs: number, sliceMs: number): Uptime {
  const slices: Uptime["slices"] = [];
  for (let start = fromMs; start < toMs; start += sliceMs) {
    const end = Math.min(start + sliceMs, toMs);
    slices.push({ ...worstIn(spans, start, end), from: isoOf(start), to: isoOf(end) });
  }
  let upMs = 0;
  let downMs = 0;
  spans.forEach((span, index) => {
    const start = Math.max(span.atMs, fromMs);
    const end = Math.min(spans[index + 1]?.atMs ?? toMs, toMs);
    if (end <= start || span.status === null) return;
    if (up.includes(span.status)) upMs += end - start;
    if (span.status === "offline") downMs += end - start;
  });
  const known = upMs + downMs;
  return { slices, upPercent: known === 0 ? null : Math.round((upMs / known) * 100_000) / 1_000 };
}

function worstIn(
  spans: StatusSpan[],
  start: number,
  end: number,
): { status: AgentStatus | null; stuck: boolean } {
  let status: AgentStatus | null = null;
  let stuck = false;
  spans.forEach((span, index) => {
    const spanEnd = spans[index + 1]?.atMs ?? Number.POSITIVE_INFINITY;
    if (span.atMs >= end || spanEnd <= start || span.status === null) return;
    if (status === null || badness[span.status] > badness[status]) status = span.status;
    stuck ||= span.stuck;
  });
  return { status, stuck };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
