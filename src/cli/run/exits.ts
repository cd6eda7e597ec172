import { constants } from "node:os";
import type { Exit } from "./child";

/** As shells tell it: the code, or 128 + the number of the signal. */
export function exitCodeOf(exit: Pick<Exit, "code" | "signal">): number {
  if (exit.code !== null) return exit.code;
  return 128 + (exit.signal ? constants.signals[exit.signal] : 0);
}

/** "with code 1", "by SIGKILL". */
export function exitWords(exit: Pick<Exit, "code" | "signal">): string {
  return exit.signal ? `by ${exit.signal}` : `with code ${exit.code ?? 0}`;
}

/** 850 → "850 ms", 12,300 → "12.3 s", 600,000 → "10 min". */
export function durationWords(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 100) / 10} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 360_000) / 10} h`;
}
