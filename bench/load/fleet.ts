import { nowMs, sleep } from "../measure/moment";
import { Spread } from "../measure/spread";
import { type FleetSettings, LoadAgent } from "./agent";
import { serveParent } from "./parent";

export type ConnectOrder = FleetSettings & { keys: string[]; from: number; atOnce: number };
export type Connected = { ready: number; tookMs: number; refused: string[] };
export type LoadOrder = { rate: number; warmMs: number; ms: number };
export type Loaded = {
  offered: number;
  acked: number;
  notTaken: number;
  seconds: number;
  p50: number;
  p99: number;
  max: number;
};
export type Returned = {
  takenMs: number;
  firstMs: number;
  lastMs: number;
  ackedMs: number;
  missing: number;
  refused: string[];
};

const ring = 1 << 18;
const sentAt = new Float64Array(ring);
let ackId = 0;
let agents: LoadAgent[] = [];
let refused: string[] = [];
let readyCount = 0;
let takenMs = 0;
let firstMs = 0;
let lastMs = 0;
let lastAckMs = 0;
let acks: { sinceMs: number; spread: Spread; acked: number; notTaken: number } | null = null;
let onReady = () => {};

const events = {
  taken: () => {
    takenMs ||= nowMs();
  },
  ready: () => {
    readyCount += 1;
    lastMs = nowMs();
    firstMs ||= lastMs;
    onReady();
  },
  acked: (id: number, ok: boolean) => {
    lastAckMs = nowMs();
    if (!acks) return;
    const sentMs = sentAt[id % ring] ?? 0;
    if (sentMs < acks.sinceMs) return;
    if (ok) {
      acks.acked += 1;
      acks.spread.add(lastAckMs - sentMs);
    } else acks.notTaken += 1;
  },
  refused: (words: string) => {
    if (refused.length < 20) refused.push(words.slice(0, 200));
  },
};
const nextAckId = (agent: LoadAgent) => {
  ackId += 1;
  sentAt[ackId % ring] = agent.lastBeatMs;
  return ackId;
};

/** Opens connections, so many on the way at a time; resolves when all are in. */
function connect({ keys, from, atOnce, ...settings }: ConnectOrder): Promise<Connected> {
  const startMs = nowMs();
  const added = keys.map((key, at) => new LoadAgent(from + at, key, settings, events, nextAckId));
  agents = agents.concat(added);
  const before = readyCount;
  let opened = 0;
  return new Promise((resolve) => {
    const more = () => {
      const ready = readyCount - before;
      while (opened < added.length && opened - ready < atOnce) added[opened++]?.connect();
      if (ready < added.length) return;
      onReady = () => {};
      resolve({ ready, tookMs: nowMs() - startMs, refused });
    };
    onReady = more;
    more();
  });
}

/** Beats in an open loop: `rate` a second over all agents in turn, whether or not answers come. */
async function load({ rate, warmMs, ms }: LoadOrder): Promise<Loaded> {
  const startMs = nowMs();
  const spread = new Spread();
  const window = { sinceMs: startMs + warmMs, spread, acked: 0, notTaken: 0 };
  acks = window;
  let sent = 0;
  let sentBefore = 0;
  for (;;) {
    const passedMs = nowMs() - startMs;
    if (passedMs >= warmMs && sentBefore === 0) sentBefore = sent;
    if (passedMs >= warmMs + ms) break;
    const due = (passedMs / 1_000) * rate;
    for (; sent < due; sent++) agents[(sent * 7_919) % agents.length]?.beat();
    await sleep(1);
  }
  const offered = sent - sentBefore;
  const limitMs = nowMs() + 5_000;
  while (window.acked + window.notTaken < offered && nowMs() < limitMs) await sleep(5);
  acks = null;
  const { acked, notTaken } = window;
  // What was answered late counts against the rate: the time until the last answer is part of it.
  const seconds = Math.max(ms, lastAckMs - startMs - warmMs) / 1_000;
  return { offered, acked, notTaken, seconds, ...spread.quantiles() };
}

/** Forgets who is in; to be called before the server is killed. */
function expectReturn(): void {
  [readyCount, takenMs, firstMs, lastMs, refused] = [0, 0, 0, 0, []];
}

/** Waits until everybody is back; `missing` are those who are not within the time. */
async function returned({ withinMs }: { withinMs: number }): Promise<Returned> {
  const limitMs = nowMs() + withinMs;
  const away = () => agents.filter((agent) => !agent.ready).length;
  while (away() > 0 && nowMs() < limitMs) await sleep(10);
  const missing = away();
  return { takenMs, firstMs, lastMs: missing > 0 ? nowMs() : lastMs, ackedMs: lastAckMs, missing, refused };
}

function silence({ index, cut }: { index: number; cut: boolean }): number {
  const agent = agents.find((one) => one.index === index);
  agent?.silence(cut);
  return agent?.lastBeatMs ?? 0;
}

serveParent({
  connect,
  load,
  expectReturn,
  returned,
  silence,
  leave: () => {
    for (const agent of agents) agent.leave();
    agents = [];
  },
});
