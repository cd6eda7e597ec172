import { freePort } from "@/testing/redis";
import type { Bench, Sql } from "../bench";
import type { Child } from "../ground/child";
import { connectFleet, watchBoard } from "../ground/connect";
import { type Product, startProduct } from "../ground/product";
import type { Returned } from "../load/fleet";
import type { Measured } from "../load/watchers";
import { nowMs, sleep } from "../measure/moment";
import { median, round } from "../measure/spread";

const count = 10_000;
const rounds = 2;
/** Everybody tries again this fast: harsher than real agents, which back off up to ten seconds. */
const retryMs: [number, number] = [100, 500];
/** Who is not back by then is counted as missing. */
const withinMs = 40_000;
/** Longer than the grace after blindness at this size: then a false alarm would have been raised. */
const watchForMs = 35_000;

/** 10,000 agents that beat, and those who look at them, on one product with its own settings. */
export type Crowd = { product: Product; fleet: Child; watchers: Child };

type Storm = { acceptMs: number; sinceKillMs: number; missing: number };

function stormOf(back: Returned, killedMs: number): Storm {
  return {
    acceptMs: round(back.lastMs - (back.takenMs || killedMs), 0),
    sinceKillMs: round(back.lastMs - killedMs, 0),
    missing: back.missing,
  };
}

/** The crowd's agents, or the same once more. */
export const connectCrowd = (bench: Bench, { port }: Pick<Product, "port">): Promise<Child> =>
  connectFleet(bench, count, { dialect: "product", port, retryMs, beating: true });

export async function gatherCrowd(bench: Bench, databaseUrl: string): Promise<Crowd> {
  const product = await startProduct(databaseUrl);
  bench.after(() => product.close());
  const fleet = await connectCrowd(bench, product);
  const watchers = bench.load("watchers");
  await watchBoard(watchers, product, 100, retryMs);
  return { product, fleet, watchers };
}

async function bareStorm(bench: Bench): Promise<Storm> {
  const port = await freePort();
  const first = await bench.floor("bare-accept", [String(port)]);
  const fleet = await connectFleet(bench, count, { dialect: "bare", port, retryMs });
  await fleet.ask("expectReturn");
  const killedMs = nowMs();
  await first.end();
  // As long as the product takes to start: every agent is then knocking.
  await sleep(2_000);
  const second = await bench.floor("bare-accept", [String(port)]);
  const back = await fleet.ask<Returned>("returned", { withinMs });
  await fleet.end();
  await second.end();
  return stormOf(back, killedMs);
}

async function productStorm(bench: Bench, { product, fleet, watchers }: Crowd) {
  await fleet.ask("expectReturn");
  await watchers.ask("begin");
  const killedMs = nowMs();
  await product.end("SIGKILL");
  await product.start();
  const readyMs = nowMs();
  const back = await fleet.ask<Returned>("returned", { withinMs });
  await watchers.ask("back", { withinMs: 30_000 });
  const seen = await watchers.ask<Measured>("end", { baseMs: bench.baseMs, settleMs: 1_500 });
  return {
    ...stormOf(back, killedMs),
    startedMs: round(readyMs - killedMs, 0),
    watcherMs: { p50: seen.p50, p99: seen.p99, max: seen.max },
    refused: back.refused,
  };
}

/**
 * P16: the server dies by kill -9 under 10,000 beating agents and 100 watchers; everybody comes back at once.
 * `meanwhile` is begun when all are back, before the wait in which a false alarm would show; answers what it made.
 */
export async function measureStorm<Made>(
  bench: Bench,
  crowd: Crowd,
  sql: Sql,
  meanwhile: () => Promise<Made>,
): Promise<Made> {
  bench.say("P16: reconnect storm of 10,000 agents after kill -9");
  const bare: Storm[] = [];
  const own: Awaited<ReturnType<typeof productStorm>>[] = [];
  for (let index = 0; index < rounds; index++) {
    bare.push(await bareStorm(bench));
    await sleep(2_000);
    own.push(await productStorm(bench, crowd));
    await sleep(2_000);
  }
  bench.say(`P16: ${watchForMs / 1_000} s more, in which a false alarm would show`);
  const [made] = await Promise.all([meanwhile(), sleep(watchForMs)]);
  const [falseOnes] = await sql<{ alerts: number; offline: number; lost: number }[]>`
    select (select count(*)::int from alerts) as alerts,
      (select count(*)::int from facts where kind = 'agent.went_offline') as offline,
      (select count(*)::int from facts where kind = 'agent.lost_sight_of') as lost`;
  const ratio = median(own.map((storm, at) => storm.acceptMs / (bare[at]?.acceptMs ?? Number.NaN)));
  const acceptMs = median(own.map((storm) => storm.acceptMs));
  const watcherMs = Math.max(...own.map((storm) => storm.watcherMs.p99));
  const alerts = falseOnes?.alerts ?? Number.NaN;
  const missing = Math.max(...own.map((storm) => storm.missing));
  const back =
    missing > 0 ? `${missing} not back after ${withinMs / 1_000} s` : `${round(acceptMs / 1_000)} s`;
  bench.add({
    goal: "P16",
    what: "10k agents back after kill -9",
    baseline: `${round(median(bare.map((storm) => storm.acceptMs)) / 1_000)} s`,
    product: `${back}; watchers p99 ${watcherMs} ms; ${alerts} false alerts`,
    ratio: round(ratio).toFixed(2),
    target: "≤ 3, ≤ 10 s, ≤ 500 ms, 0",
    met: missing === 0 && ratio <= 3 && acceptMs <= 10_000 && watcherMs <= 500 && alerts === 0,
    detail: { bare, product: own, falseOnes },
  });
  return made;
}
