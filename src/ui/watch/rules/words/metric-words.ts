import { formatBytes, formatCount, quantityText } from "../../../format/quantity";

export type MetricUnit = "percent" | "bytes" | "bytes a minute" | "number";

const builtIn: Readonly<Record<string, { words: string; unit: MetricUnit }>> = {
  cpuPercent: { words: "CPU", unit: "percent" },
  memoryBytes: { words: "memory", unit: "bytes" },
  diskUsedPercent: { words: "disk used", unit: "percent" },
  diskUsedBytes: { words: "disk space used", unit: "bytes" },
  netRxBytes: { words: "network in", unit: "bytes a minute" },
  netTxBytes: { words: "network out", unit: "bytes a minute" },
};

/** "CPU" of cpuPercent; a number of the agents' own keeps its name. */
export function metricWords(name: string): string {
  return builtIn[name]?.words ?? (name || "a number");
}

/** What it is measured in; of the agents' own numbers the end of the name says it. */
export function metricUnit(name: string): MetricUnit {
  const known = builtIn[name]?.unit;
  if (known) return known;
  if (/percent$/i.test(name)) return "percent";
  return /bytes$/i.test(name) ? "bytes" : "number";
}

/** "90 %", "2.0 GB", "10 MB a minute", "1,200". */
export function metricValueWords(name: string, value: number): string {
  if (!Number.isFinite(value)) return "a number";
  const unit = metricUnit(name);
  if (unit === "percent") return `${numberWords(value)} %`;
  if (unit === "number" || value < 0) return numberWords(value);
  return `${quantityText(formatBytes(value))}${unit === "bytes" ? "" : " a minute"}`;
}

/** A number as it was typed, with separators: "1,200.5". */
export function numberWords(value: number): string {
  return Number.isInteger(value)
    ? formatCount(value)
    : value.toLocaleString("en-GB", { maximumFractionDigits: 6 });
}
