import type { Frame } from "@/contracts/wire/browser";

/** More of a frame than this tells nothing new about the delay. */
const sampled = 200;

/**
 * Delay of a frame's beats from the agent to this screen, in ms: from the server's receipt to now (the server's
 * clock, estimated), plus the way from the agent as far as the agent could measure it.
 */
export function frameDelays(frame: Frame, serverNowMs: number): number[] {
  const beats = frame.b ?? [];
  const step = Math.max(1, Math.ceil(beats.length / sampled));
  const delays: number[] = [];
  for (let at = 0; at < beats.length; at += step) {
    const beat = beats[at];
    if (!beat) continue;
    const [, ageMs, , , , transitMs] = beat;
    delays.push(Math.max(0, serverNowMs - (frame.t - Math.max(0, ageMs))) + Math.max(0, transitMs));
  }
  return delays;
}
