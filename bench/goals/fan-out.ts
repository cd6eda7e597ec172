import { type Bench, loads } from "../bench";
import type { Child } from "../ground/child";
import { median, round } from "../measure/spread";
import { measureWindow, type Side, told, type Window } from "../measure/window";

const pairs = 3;

export type Pair = { floor: Window; product: Window };

async function measurePairs(bench: Bench, floor: Side, product: Side, rate: number): Promise<Pair[]> {
  const measured: Pair[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const first = await measureWindow(bench, floor, rate);
    measured.push({ floor: first, product: await measureWindow(bench, product, rate) });
  }
  return measured;
}

/** Share of the beats' updates that reached watchers; a latency of what arrived says nothing about what did not. */
const arrivedShare = (windows: Window[]) =>
  Math.min(...windows.map(({ seen, loaded }) => seen.updates / (loaded.offered * loads.L2.watchers)));
const leastShare = 0.95;

const shown = (ms: number, share: number) =>
  share >= leastShare ? `${ms} ms` : `${ms} ms, but only ${Math.round(share * 100)} % arrived`;
const p99s = (windows: Window[]) => windows.map((window) => window.seen.p99);
const tell = (measured: Pair[]) => ({
  pairs: measured.map(({ floor, product }) => ({ floor: told(floor), product: told(product) })),
});

/** P1: beat → every watcher at L2, beside raw ws that does the same job. Answers the pairs. */
export async function measureL2(bench: Bench, floor: Side, product: Side): Promise<Pair[]> {
  bench.say("P1: 1,000 beats/s of 10,000 agents to 100 watchers");
  const measured = await measurePairs(bench, floor, product, loads.L2.rate);
  const share = arrivedShare(measured.map((pair) => pair.product));
  const ratio = median(measured.map((pair) => pair.product.seen.p99 / pair.floor.seen.p99));
  const absolute = median(p99s(measured.map((pair) => pair.product)));
  bench.add({
    goal: "P1",
    what: "beat → all watchers, L2, p99",
    baseline: `${median(p99s(measured.map((pair) => pair.floor)))} ms`,
    product: shown(absolute, share),
    ratio: round(ratio).toFixed(2),
    target: "≤ 1.5 and ≤ 20 ms",
    met: ratio <= 1.5 && absolute <= 20 && share >= leastShare,
    detail: tell(measured),
  });
  return measured;
}

/** P2 and P3: the same at 10,000 beats/s, and what one delivered update costs beside one raw message. */
export async function measureL3(bench: Bench, floor: Side & { server: Child }, product: Side): Promise<void> {
  bench.say("P2, P3: 10,000 beats/s of 10,000 agents to 100 watchers");
  const measured = await measurePairs(bench, floor, product, loads.L3.rate);
  const singles: number[] = [];
  for (let pair = 0; pair < 3; pair++) {
    singles.push((await floor.server.ask<{ cpuUs: number }>("single", { rate: 400, ms: 1_000 })).cpuUs);
  }
  const share = arrivedShare(measured.map((pair) => pair.product));
  const absolute = median(p99s(measured.map((pair) => pair.product)));
  const beside = median(measured.map((pair) => pair.product.seen.p99 / pair.floor.seen.p99));
  bench.add({
    goal: "P2",
    what: "beat → all watchers, L3, p99",
    baseline: `${median(p99s(measured.map((pair) => pair.floor)))} ms`,
    product: shown(absolute, share),
    ratio: round(beside).toFixed(2),
    target: "≤ 60 ms",
    met: absolute <= 60 && share >= leastShare && measured.every((pair) => pair.product.seen.gaps === 0),
    detail: tell(measured),
  });
  const single = median(singles);
  const cost = median(measured.map((pair) => pair.product.cpuUsAnUpdate));
  bench.add({
    goal: "P3",
    what: "CPU a delivered update, L3",
    baseline: `${round(single)} µs`,
    product: `${round(cost, 3)} µs`,
    ratio: round(cost / single, 3).toFixed(3),
    target: "≤ 0.15",
    met: cost / single <= 0.15 && share >= leastShare,
    detail: { rawMessageUs: singles, productUs: measured.map((pair) => pair.product.cpuUsAnUpdate) },
  });
}
