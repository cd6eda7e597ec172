import type { KnownBeat } from "./judge-beat";

/** What the beats of one agent's minute add up to, on this instance. */
export type MinuteSum = {
  agentId: string;
  account: string;
  minuteMs: number;
  /** Over, and on its way into the database. */
  closed: boolean;
  beats: number;
  cpuSum: number;
  cpuCount: number;
  cpuPeak: number | null;
  memorySum: number;
  memoryCount: number;
  diskUsedSum: number;
  diskUsedCount: number;
  diskTotalSum: number;
  diskTotalCount: number;
  /** Counters as the last beat told them, and what they grew by in this minute. Null: not told yet. */
  rxLast: number | null;
  txLast: number | null;
  rxGrown: number | null;
  txGrown: number | null;
  /** Made by the first beat that tells a number. */
  numbers: Map<string, { sum: number; samples: number }> | null;
};

/** `before`: the agent's minute before, whose counters go on. */
export function emptySum(agentId: string, account: string, minuteMs: number, before?: MinuteSum): MinuteSum {
  return {
    agentId,
    account,
    minuteMs,
    closed: false,
    beats: 0,
    cpuSum: 0,
    cpuCount: 0,
    cpuPeak: null,
    memorySum: 0,
    memoryCount: 0,
    diskUsedSum: 0,
    diskUsedCount: 0,
    diskTotalSum: 0,
    diskTotalCount: 0,
    rxLast: before?.rxLast ?? null,
    txLast: before?.txLast ?? null,
    rxGrown: null,
    txGrown: null,
    numbers: null,
  };
}

export function addTo(sum: MinuteSum, { metrics }: KnownBeat): void {
  sum.beats += 1;
  if (metrics === null) return;
  const { cpuPercent, memoryBytes, diskUsedBytes, diskTotalBytes, netRxBytes, netTxBytes, numbers } = metrics;
  if (cpuPercent != null) {
    sum.cpuSum += cpuPercent;
    sum.cpuCount += 1;
    sum.cpuPeak = Math.max(sum.cpuPeak ?? 0, cpuPercent);
  }
  if (memoryBytes != null) {
    sum.memorySum += memoryBytes;
    sum.memoryCount += 1;
  }
  if (diskUsedBytes != null) {
    sum.diskUsedSum += diskUsedBytes;
    sum.diskUsedCount += 1;
  }
  if (diskTotalBytes != null) {
    sum.diskTotalSum += diskTotalBytes;
    sum.diskTotalCount += 1;
  }
  if (netRxBytes != null) {
    sum.rxGrown = grown(sum.rxGrown, sum.rxLast, netRxBytes);
    sum.rxLast = netRxBytes;
  }
  if (netTxBytes != null) {
    sum.txGrown = grown(sum.txGrown, sum.txLast, netTxBytes);
    sum.txLast = netTxBytes;
  }
  if (numbers == null) return;
  sum.numbers ??= new Map();
  for (const name in numbers) {
    const value = numbers[name] ?? 0;
    const kept = sum.numbers.get(name);
    if (kept) {
      kept.sum += value;
      kept.samples += 1;
    } else sum.numbers.set(name, { sum: value, samples: 1 });
  }
}

/** A counter that is lower than before began anew: what it grew by until then is not known. */
function grown(soFar: number | null, last: number | null, told: number): number | null {
  if (last === null) return soFar;
  return (soFar ?? 0) + Math.max(0, told - last);
}
