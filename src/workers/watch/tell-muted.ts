import type { BoardFeed } from "@/domain/fleet/board/feed";
import { type Ground, systemCtx } from "@/domain/kernel";
import { mutedAlerts } from "@/domain/watch/alerts";
import { startLoop } from "@/platform/loop";

/** Silences, snoozes and what another alert speaks for end with time, which no fact tells. */
const everyMs = 5_000;
/** A storm of facts asks once in so long; after a look at thousands it rests so many times as long as that took. */
const restMs = 2_000;
const restTimes = 10;
/** Of thousands some go with each frame: longer than the board's longest tick. */
const betweenFramesMs = 150;
/** Facts about anything else change nothing of who is told. */
const matters = /^(alert|silence|policy|rule|notification)\./;

/**
 * Keeps the board's word on which alerts nobody is told of. On every instance, under no lease: each has its own board.
 * While nothing fires it asks nothing.
 */
export function startMutedTeller(ground: Ground, feed: BoardFeed) {
  const tell = async (account: string, signal: AbortSignal) => {
    const read = await mutedAlerts(systemCtx(ground, account));
    while (feed.takeMuted(account, read)) await ground.clock.sleep(betweenFramesMs, signal);
  };
  const loop = startLoop({
    name: "muted alerts",
    everyMs,
    restMs,
    clock: ground.clock,
    log: ground.log,
    run: async (signal) => {
      const beganMs = ground.clock.monotonicMs();
      let failed: unknown;
      for (const account of feed.accountsThatFire()) {
        if (signal.aborted) return;
        // One that can't be read keeps no other from being told; the loop then waits longer.
        await tell(account, signal).catch((error) => {
          failed ??= error;
        });
      }
      if (failed) throw failed;
      const tookMs = ground.clock.monotonicMs() - beganMs;
      if (tookMs * restTimes > restMs) await ground.clock.sleep(tookMs * restTimes, signal);
    },
  });
  const stopListening = feed.onFacts((facts) => {
    if (facts.some(({ kind }) => matters.test(kind))) loop.nudge();
  });
  return {
    stop: async () => {
      stopListening();
      await loop.stop();
    },
  };
}
