import type { Ground } from "@/domain/kernel";
import { watchClockSteps } from "@/platform/clock-steps";
import { startLoop } from "@/platform/loop";
import { gauge } from "@/platform/metrics";
import { type WatchLags, watchLags } from "../turns";
import { type LagLimits, lateParts } from "./why-held";

const everyMs = 2_000;

/** What `/readyz` says of watching and telling: lags in ms, and what is late, in sentences. */
export type LagState = { evaluationLagMs: number | null; deliveryLagMs: number | null; late: string[] };

/** Asks every two seconds how far behind watching and telling are, on every instance; sets the gauges of `/metrics`. */
export function followLags(ground: Ground, limits: LagLimits) {
  let state: LagState = { evaluationLagMs: null, deliveryLagMs: null, late: [] };
  const steps = watchClockSteps(ground.clock);
  const loop = startLoop({
    name: "watch-lags",
    everyMs,
    clock: ground.clock,
    log: ground.log,
    run: async () => {
      await steps.follow(async () => {});
      // What was written before the clock was set looks late or early, and is written anew in a moment.
      if (!steps.settled()) return;
      const lags = await watchLags(ground.db.sql, ground.clock.now());
      show(lags);
      state = {
        evaluationLagMs: lags.evaluation.lagMs,
        deliveryLagMs: lags.delivery.lagMs,
        late: lateParts(lags, limits),
      };
    },
  });
  return { state: () => state, stop: () => loop.stop() };
}

function show({ evaluation, delivery }: WatchLags): void {
  gauge("mc_evaluation_lag_seconds", "How far behind the evaluation of rules is.").set(
    (evaluation.lagMs ?? 0) / 1_000,
  );
  gauge("mc_delivery_lag_seconds", "How far behind the delivery of messages is.").set(
    (delivery.lagMs ?? 0) / 1_000,
  );
  gauge("mc_outbox_pending", "Messages in the outbox that are not delivered yet.").set(delivery.backlog);
  gauge("mc_outbox_oldest_seconds", "Age of the oldest message that is not delivered yet.").set(
    (delivery.oldestMs ?? 0) / 1_000,
  );
}
