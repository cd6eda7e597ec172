import type { PingResult } from "@/contracts/watch/dead-man";
import type { Ground } from "@/domain/kernel";
import { counter, gauge } from "@/platform/metrics";
import type { Out } from "@/platform/out";
import { mostAheadMs } from "../most-ahead";
import { type WatchLags, watchLags } from "../turns";
import { ping } from "./ping";
import {
  deadManKey,
  lastKey,
  openUrl,
  readSetting,
  type StoredDeadMan,
  urlKey,
  writeSetting,
} from "./stored";
import { type LagLimits, whyHeld } from "./why-held";

/** After a ping that failed the next one comes sooner, so that one lost answer raises no alarm over there. */
const retryMs = 10_000;

/**
 * Sends the pings that are due, each only after a whole turn of evaluating and one of delivering that ended since the
 * ping before. Answers how many were sent.
 */
export async function sendDuePings(ground: Ground, out: Out, limits: LagLimits): Promise<number> {
  const accounts = await ground.db.sql<{ account: string }[]>`
    select account_id as account from settings where key = ${deadManKey} and (value->>'enabled')::boolean`;
  if (accounts.length === 0) return 0;
  const lags = await watchLags(ground.db.sql, ground.clock.now());
  if (whyHeld(lags, limits) !== null) return 0;
  let sent = 0;
  for (const { account } of accounts) if (await pingFor(ground, out, account, lags)) sent += 1;
  return sent;
}

async function pingFor(ground: Ground, out: Out, account: string, lags: WatchLags): Promise<boolean> {
  const { orm } = ground.db;
  const kept = await readSetting<StoredDeadMan>(orm, account, deadManKey);
  const sealed = await readSetting<string>(orm, account, urlKey);
  const last = await readSetting<PingResult>(orm, account, lastKey);
  if (!kept?.enabled || sealed === null || !isDue(kept, last, lags, ground.clock.now())) return false;
  const result = await ping(ground, out, openUrl(ground.sealer, sealed));
  await writeSetting(orm, account, lastKey, result, ground.clock.now());
  counter("mc_dead_man_pings_total", "Dead-man pings by how they went.", ["outcome"]).inc({
    outcome: result.ok ? "ok" : "failed",
  });
  if (result.ok) {
    gauge("mc_dead_man_last_ok_timestamp_seconds", "When a dead-man ping was answered well last.").set(
      Date.parse(result.at) / 1_000,
    );
  } else ground.log.warn({ status: result.status, answer: result.answer }, "A dead-man ping was not taken.");
  return true;
}

function isDue({ periodMs }: StoredDeadMan, last: PingResult | null, lags: WatchLags, now: Date): boolean {
  if (last === null) return true;
  const nowMs = now.getTime();
  const lastMs = Date.parse(last.at);
  const waitMs = last.ok ? periodMs : Math.min(periodMs, retryMs);
  const turns = [lags.evaluation.at, lags.delivery.at].map((at) =>
    at === null ? Number.NaN : Date.parse(at),
  );
  if (lastMs > nowMs + mostAheadMs) return turns.every((atMs) => atMs <= nowMs);
  return turns.every((atMs) => atMs > lastMs) && nowMs - lastMs >= waitMs;
}
