import type { FreshnessFacts } from "../status/freshness-words";
import type { Delay } from "./delay-meter";

/** Later than this, numbers are drawn as late. */
export const behindAfterMs = 5_000;
/** After this long without a connection nobody should act on what the page shows. */
export const disconnectedAfterMs = 30_000;
/** The clock is asked every five seconds: two unanswered questions mean that nothing comes through. */
export const silentAfterMs = 12_000;

export interface FreshnessInput {
  nowMs: number;
  /** The socket is up and the board is current. */
  joined: boolean;
  /** When the connection was lost; null before the first one or while joined. */
  lostAtMs: number | null;
  /** When the server was last heard, by a frame or an answer. */
  heardAtMs: number | null;
  delay: Delay | null;
  /** Time of the last data, on the server's clock. */
  dataFromMs: number | null;
}

/** How true the page is, in the pill's words. Pure, so that each state is tested without waiting. */
export function judgeFreshness(input: FreshnessInput): FreshnessFacts {
  const { nowMs, joined, lostAtMs, heardAtMs, delay, dataFromMs } = input;
  if (!joined) {
    const away = lostAtMs === null ? 0 : nowMs - lostAtMs;
    const state = away > disconnectedAfterMs ? "disconnected" : "reconnecting";
    return { state, dataFrom: dataFromMs, ...(away > behindAfterMs ? { late: true } : {}) };
  }
  const silence = heardAtMs === null ? 0 : nowMs - heardAtMs;
  if (silence > silentAfterMs) return { state: "behind", delayMs: silence, late: true };
  if (!delay) return { state: "live" };
  if (delay.worstMs > behindAfterMs) return { state: "behind", delayMs: delay.worstMs, late: true };
  return { state: "live", delayMs: delay.medianMs };
}
