import { startRedis } from "@/testing/redis";
import { type Bench, loads } from "../bench";
import { connectFleet, watchBoard } from "../ground/connect";
import { insertAgents } from "../ground/fleet-rows";
import { patient, startProduct } from "../ground/product";
import { median, round } from "../measure/spread";
import { measureWindow, told, type Window } from "../measure/window";

const pairs = 3;

/**
 * P14: agents on instance A, watchers once on A and once on B, which hears of beats over Redis only. CPU is that of
 * both instances together. `alone`: CPU of one instance without Redis under the same load, for comparison.
 */
export async function measureInstances(bench: Bench, alone: number | null): Promise<void> {
  bench.say("P14: two instances over Redis, L2");
  const db = await bench.database();
  const redis = await startRedis();
  bench.after(() => redis.stop());
  bench.roots.push(redis.pid);
  const env = { ...patient, REDIS_URL: redis.url };
  const setup = await startProduct(db.url, env);
  await insertAgents(db.sql, 0, loads.L2.agents);
  await setup.close();
  const here = await startProduct(db.url, env);
  bench.after(() => here.close());
  const there = await startProduct(db.url, env);
  bench.after(() => there.close());
  const fleet = await connectFleet(bench, loads.L2.agents, { dialect: "product", port: here.port });
  const watchers = bench.load("watchers");
  const windowAt = async (port: number): Promise<Window> => {
    await watchBoard(watchers, { port, cookie: here.cookie }, loads.L2.watchers);
    const side = { pids: [here.pid(), there.pid()], fleet, watchers };
    const window = await measureWindow(bench, side, loads.L2.rate);
    await watchers.ask("leave", { count: loads.L2.watchers });
    return window;
  };
  // Both have to warm up: the first frames are made by code that was never compiled.
  await windowAt(here.port);
  await windowAt(there.port);
  const measured: { a: Window; b: Window }[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const a = await windowAt(here.port);
    measured.push({ a, b: await windowAt(there.port) });
  }
  const later = median(measured.map(({ a, b }) => b.seen.p99 - a.seen.p99));
  const ratio = median(measured.map(({ a, b }) => b.cpuUsAnUpdate / a.cpuUsAnUpdate));
  const total = median(measured.map(({ b }) => b.cpuUsAnUpdate));
  bench.add({
    goal: "P14",
    what: "p99 on B − on A; CPU a delivery B / A",
    baseline: `${median(measured.map(({ a }) => a.seen.p99))} ms`,
    product: `${median(measured.map(({ b }) => b.seen.p99))} ms (${round(later)} later)`,
    ratio: round(ratio).toFixed(2),
    target: "≤ 5 ms, ≤ 1.4",
    met: later <= 5 && ratio <= 1.4,
    detail: {
      bothInstancesUsADelivery: total,
      oneInstanceWithoutRedisUsADelivery: alone,
      pairs: measured.map(({ a, b }) => ({ a: told(a), b: told(b) })),
    },
  });
  await watchers.end();
  await fleet.end();
  await here.close();
  await there.close();
}
