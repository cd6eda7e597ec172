import type { Activity } from "@/contracts/fleet/status";
import type { Beat } from "@/contracts/wire/agent";
import { reportedMs } from "./reported-moment";

/** A beat as it is kept: everything in the server's time. */
export type KnownBeat = {
  /** ms of our clock, like `progressAtMs`. */
  receivedAtMs: number;
  activity: Activity;
  task: string | null;
  progressAtMs: number | null;
  /** null: this beat told none, the last known ones stay. */
  metrics: NonNullable<Beat["metrics"]> | null;
  transitMs: number | null;
};

/** An agent measures its offset by itself; beyond a minute the measure says nothing about the way of a beat. */
const longestTransitMs = 60_000;

/**
 * Puts a beat into the server's time. How long ago progress was made is a difference of two times of one clock, so
 * that an agent whose clock is years off is judged as fairly as any other.
 */
export function judgeBeat(beat: Beat, receivedAtMs: number, stuckAfterMs: number): KnownBeat {
  const progressAgeMs = beat.progressAt == null ? null : Math.max(0, beat.at - beat.progressAt);
  const stuck = beat.state === "working" && progressAgeMs !== null && progressAgeMs >= stuckAfterMs;
  const transitMs = beat.clockOffsetMs == null ? null : receivedAtMs - (beat.at + beat.clockOffsetMs);
  const plausible = transitMs !== null && Math.abs(transitMs) <= longestTransitMs;
  return {
    receivedAtMs,
    activity: stuck ? "stuck" : beat.state,
    task: beat.task ?? null,
    progressAtMs: progressAgeMs === null ? null : reportedMs(receivedAtMs - progressAgeMs, receivedAtMs),
    metrics: beat.metrics ?? null,
    transitMs: plausible ? Math.max(0, Math.round(transitMs * 10) / 10) : null,
  };
}
