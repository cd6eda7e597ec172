import { freePort } from "@/testing/redis";
import type { Bench } from "../bench";
import { connectFleet } from "../ground/connect";
import { settledRss } from "../measure/memory";
import { round } from "../measure/spread";

const kB = (bytes: number) => round(bytes / 1_000, 1);
const MB = (bytes: number) => round(bytes / 1_000_000, 0);

/** Bytes that one accepted connection costs a Socket.IO server which does nothing with it. */
export async function bareBytes(bench: Bench, count: number): Promise<number> {
  const port = await freePort();
  const before = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = `--inspect-port=127.0.0.1:${port}`;
  const bare = await bench.floor("bare-accept");
  process.env.NODE_OPTIONS = before ?? "";
  const empty = await settledRss(bare.pid, port);
  const fleet = await connectFleet(bench, count, { dialect: "bare", port: bare.port });
  const full = await settledRss(bare.pid, port);
  await fleet.end();
  await bare.end();
  return (full - empty) / count;
}

export type MemoryReadings = { empty: number; agents: number; watchers100: number; watchers500: number };

/** P9: what an idle agent, a watcher and the whole gateway under L2 take. */
export function reportMemory(
  bench: Bench,
  readings: MemoryReadings,
  count: number,
  bare: number,
  atL2: number,
): void {
  const perAgent = (readings.agents - readings.empty) / count;
  const perWatcher = (readings.watchers500 - readings.watchers100) / 400;
  const detail = { ...readings, atL2 };
  bench.add({
    goal: "P9",
    what: "RSS an idle agent",
    baseline: `${kB(bare)} kB`,
    product: `${kB(perAgent)} kB`,
    ratio: round(perAgent / bare).toFixed(2),
    target: "≤ 25 kB",
    met: perAgent <= 25_000,
    detail,
  });
  bench.add({
    goal: "P9",
    what: "RSS a watcher, 100 → 500",
    baseline: "–",
    product: `${kB(perWatcher)} kB`,
    ratio: "–",
    target: "≤ 100 kB",
    met: perWatcher <= 100_000,
    detail,
  });
  bench.add({
    goal: "P9",
    what: "RSS of the gateway at L2",
    baseline: "–",
    product: `${MB(atL2)} MB`,
    ratio: "–",
    target: "≤ 450 MB",
    met: atL2 <= 450e6,
    detail,
  });
}
