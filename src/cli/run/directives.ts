import { type ReportedState, reportedStateSchema } from "@/contracts/fleet/status";

/** What a program says about itself in a line `::mc …` on its stdout. */
export type Directive =
  | { kind: "task"; text: string }
  | { kind: "state"; state: ReportedState }
  | { kind: "progress" };

const form = /^::mc\s+(task|state|progress)\b[ \t]*(.*)$/;

/**
 * The directive in `line`, or undefined when it is an ordinary line. A line that begins with `::mc` but makes no
 * sense is ordinary too: it is logged, so that its author sees the mistake.
 */
export function parseDirective(line: string): Directive | undefined {
  const match = form.exec(line);
  if (!match) return undefined;
  const rest = (match[2] ?? "").trim();
  if (match[1] === "task") return { kind: "task", text: rest };
  if (match[1] === "progress") return { kind: "progress" };
  const state = reportedStateSchema.safeParse(rest);
  return state.success ? { kind: "state", state: state.data } : undefined;
}
