import type { Condition } from "@/contracts/watch/condition";

type MetricCondition = Extract<Condition, { kind: "metric" }>;
type Wording = { title: string; text(value: number): string };

const percent = (value: number) => `${rounded(value)} %`;
const wordings: Record<string, Wording> = {
  cpuPercent: { title: "CPU", text: percent },
  memoryBytes: { title: "Memory", text: bytesText },
  diskUsedPercent: { title: "Disk", text: percent },
  diskUsedBytes: { title: "Disk", text: bytesText },
  netRxBytes: { title: "Network in", text: (value) => `${bytesText(value)} a minute` },
  netTxBytes: { title: "Network out", text: (value) => `${bytesText(value)} a minute` },
};

/** A metric's name and value for people: `CPU 93 %`, `Memory 1.4 GB`, `queue.depth 12.5`. */
export function metricText(metric: string, value: number): string {
  const { title, text } = wordings[metric] ?? { title: metric, text: rounded };
  return `${title} ${text(value)}`;
}

/** What a rule found of a value: `CPU 93 % (above 90 %)`, `CPU 40 % (not above 90 %)`. */
export function judgedText({ metric, op, value: limit }: MetricCondition, value: number): string {
  const { text } = wordings[metric] ?? { text: rounded };
  const bad = isBad(op, limit, value);
  return `${metricText(metric, value)} (${bad ? "" : "not "}${op} ${text(limit)})`;
}

export const metricTitle = (metric: string): string => wordings[metric]?.title ?? metric;

export const isBad = (op: MetricCondition["op"], limit: number, value: number): boolean =>
  op === "above" ? value > limit : value < limit;

const units = ["B", "kB", "MB", "GB", "TB", "PB"];

/** Decimal units, as disks are sold and networks are counted. */
export function bytesText(bytes: number): string {
  let [left, unit] = [Math.abs(bytes), 0];
  while (left >= 999.5 && unit < units.length - 1) {
    left /= 1_000;
    unit += 1;
  }
  return `${bytes < 0 ? "-" : ""}${left >= 100 || unit === 0 ? Math.round(left) : rounded(left)} ${units[unit]}`;
}

/** Three digits that count, never in the form 1e+21 below a million of millions. */
function rounded(value: number): string {
  if (Math.abs(value) >= 1_000) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}
