import type { TimeWindow } from "@/contracts/watch/time-window";
import { zoneName } from "../../format/exact-time";
import { listWords } from "./list-words";

export const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** "every day", "on weekdays", "at weekends", "on Mon and Wed". */
export function daysWords(days: readonly number[]): string {
  const key = [...new Set(days)].sort().join("");
  if (key === "1234567") return "every day";
  if (key === "12345") return "on weekdays";
  if (key === "67") return "at weekends";
  return `on ${listWords([...key].map((day) => dayNames[Number(day) - 1] ?? day))}`;
}

/** "22:00–06:00 on weekdays, Berlin time". */
export function windowWords({ days, from, to, zone }: TimeWindow): string {
  const clock = zoneName(zone);
  return `${from}–${to} ${daysWords(days)}, ${clock === "UTC" ? clock : `${clock} time`}`;
}
