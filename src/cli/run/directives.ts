import { metricNamePattern } from "@/contracts/fleet/metric-name";
import { type ReportedState, reportedStateSchema } from "@/contracts/fleet/status";

/** What a program says about itself in a line `::mc …`, or `::metric name=12.5`, on its stdout. */
export type Directive =
  | { kind: "task"; text: string }
  | { kind: "state"; state: ReportedState }
  | { kind: "progress" }
  | { kind: "metric"; name: string; value: number };

const form = /^::mc\s+(task|state|progress)\b[ \t]*(.*)$/;

const metricForm = /^::metric\s+([^\s=]+)=(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*$/;

/**
 * The directive in `line`, or undefined when it is an ordinary line. A line that begins with `::mc` or `::metric` but makes no
 * sense is ordinary too: it is logged, so that its author sees the mistake.
 */
export function parseDirective(line: string): Directive | undefined {
  if (!line.startsWith("::m")) return undefined;
  const match = form.exec(line);
  if (!match) return parseMetric(line);
  const rest = (match[2] ?? "").trim();
  if (match[1] === "task") return { kind: "task", text: rest };
  if (match[1] === "progress") return { kind: "progress" };
  const state = reportedStateSchema.safeParse(rest);
  return state.success ? { kind: "state", state: state.data } : undefined;
}

function parseMetric(line: string): Directive | undefined {
  const [, name = "", digits = ""] = metricForm.exec(line) ?? [];
  const value = Number(digits);
  const usable = metricNamePattern.test(name) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  return usable ? { kind: "metric", name, value } : undefined;
}
