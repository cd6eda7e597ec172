import { freePort } from "@/testing/redis";
import { type Bench, loads } from "../bench";
import { connectFleet, watchBoard } from "../ground/connect";
import { insertAgents } from "../ground/fleet-rows";
import { patient, startProduct } from "../ground/product";
import { rssBytes } from "../measure/cpu";
import { settledRss } from "../measure/memory";
import { median } from "../measure/spread";
import { measureL2, measureL3 } from "./fan-out";
import { measureFirstPaint } from "./first-paint";
import { measureIngest } from "./ingest";
import { bareBytes, reportMemory } from "./memory";
import { measureOutage, prepareOutage } from "./outage";
import { gatherCrowd, measureStorm } from "./storm";

const { agents: count, watchers: watching } = loads.L2;

/**
 * The goals of the large fleet, on one product: memory, fan-out, first paint, ingest, and at the end its death.
 * Answers the CPU of one delivery at L2 in µs, null when that was not wanted.
 */
export async function measureLarge(bench: Bench, wanted: (goal: string) => boolean): Promise<number | null> {
  bench.say("Setting up 10,000 agents");
  const db = await bench.database();
  const inspectPort = await freePort();
  const env = { ...patient, NODE_OPTIONS: `--inspect-port=127.0.0.1:${inspectPort}` };
  const first = await startProduct(db.url, env);
  await insertAgents(db.sql, 0, count);
  await first.close();
  let perDelivery: number | null = null;
  if (["P1", "P2", "P3", "P5", "P8", "P9"].some(wanted))
    perDelivery = await measureLiving(bench, db, env, inspectPort, wanted);
  if (wanted("P16") || wanted("R9")) await measureCrowd(bench, db, wanted);
  return perDelivery;
}

/** The goals of a large fleet that falls and comes back, by its server's death and by its own. */
async function measureCrowd(
  bench: Bench,
  db: Awaited<ReturnType<Bench["database"]>>,
  wanted: (goal: string) => boolean,
): Promise<void> {
  const crowd = await gatherCrowd(bench, db.url);
  const prepare = async () => (wanted("R9") ? prepareOutage(bench, crowd, db.sql) : null);
  const prepared = wanted("P16") ? await measureStorm(bench, crowd, db.sql, prepare) : await prepare();
  if (prepared) await measureOutage(bench, crowd, db.sql, prepared);
  await crowd.watchers.end();
  await crowd.fleet.end();
  await crowd.product.end("SIGKILL");
}

async function measureLiving(
  bench: Bench,
  db: Awaited<ReturnType<Bench["database"]>>,
  env: Record<string, string>,
  inspectPort: number,
  wanted: (goal: string) => boolean,
): Promise<number | null> {
  // Started anew, so that it holds what a server holds that knows 10,000 agents, and nothing from their making.
  const product = await startProduct(db.url, env);
  bench.after(() => product.close());
  const memory = wanted("P9");
  const read = () => (memory ? settledRss(product.pid(), inspectPort) : Promise.resolve(0));
  const empty = await read();
  const fleet = await connectFleet(bench, count, { dialect: "product", port: product.port });
  const agents = await read();
  const watchers = bench.load("watchers");
  await watchBoard(watchers, product, watching);
  const watchers100 = await read();
  if (memory) await watchBoard(watchers, product, 400);
  const watchers500 = await read();
  if (memory) await watchers.ask("leave", { count: 400 });
  const own = { pids: [product.pid()], fleet, watchers };

  const server = await bench.floor("raw-board");
  const rawWatchers = bench.load("watchers");
  const rawFleet = await connectFleet(bench, count, { dialect: "raw", port: server.port });
  await rawWatchers.ask("watch", { dialect: "raw", port: server.port, count: watching, retryMs: [200, 800] });
  const floor = { pids: [server.pid], fleet: rawFleet, watchers: rawWatchers, server };

  // One round that is not counted: code that was never compiled, and every agent's first beat.
  for (const side of [floor, own]) await side.fleet.ask("load", { rate: 4_000, warmMs: 0, ms: 3_000 });
  let perDelivery: number | null = null;
  if (wanted("P1") || memory || wanted("P14")) {
    const pairs = await measureL2(bench, floor, own);
    perDelivery = median(pairs.map((pair) => pair.product.cpuUsAnUpdate));
  }
  if (memory) {
    const atL2 = rssBytes(product.pid());
    reportMemory(
      bench,
      { empty, agents, watchers100, watchers500 },
      count,
      await bareBytes(bench, count),
      atL2,
    );
  }
  const beating = () => fleet.ask("load", { rate: loads.L2.rate, warmMs: 0, ms: 11_000 });
  if (wanted("P8")) await measureFirstPaint(bench, product, db.sql, beating);
  if (wanted("P2") || wanted("P3")) await measureL3(bench, floor, own);
  await rawFleet.end();
  await rawWatchers.end();
  await server.end();
  // Durable ingest is measured alone, as its floor is: nobody watches.
  await watchers.end();
  if (wanted("P5")) await measureIngest(bench, db.url, fleet);
  await fleet.end();
  await product.close();
  return perDelivery;
}
