import { durationWords } from "./exits";

/** What is told sooner needs no word about it. */
const lateFromMs = 5_000;

/** "at 2026-01-01T12:00:00Z by its clock, told 14 min later"; null for what is told in time. */
export function latenessOf(at: number, now = Date.now()): string | null {
  if (now - at < lateFromMs) return null;
  const moment = new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
  return `at ${moment} by its clock, told ${durationWords(now - at)} later`;
}
