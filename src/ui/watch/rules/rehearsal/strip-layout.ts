import type { Rehearsal } from "@/contracts/watch/rehearsal";
import type { TimeWindow } from "@/contracts/watch/time-window";
import { inWindow } from "@/contracts/watch/window-times";

/** A span of the strip, in per cent of its width. */
export interface Span {
  from: number;
  width: number;
}

const stepMs = 15 * 60_000;

function placeIn({ from, to }: Pick<Rehearsal, "from" | "to">) {
  const startMs = Date.parse(from);
  const wholeMs = Math.max(1, Date.parse(to) - startMs);
  const at = (ms: number) => Math.min(1, Math.max(0, (ms - startMs) / wholeMs)) * 100;
  return (fromMs: number, toMs: number): Span => ({ from: at(fromMs), width: at(toMs) - at(fromMs) });
}

/** Each episode: the time it was waited out, and the time it fired. One that still fires reaches to the end. */
export function episodeSpans(rehearsal: Rehearsal): { waiting: Span; firing: Span }[] {
  const place = placeIn(rehearsal);
  return rehearsal.episodes.map(({ since, firedAt, resolvedAt }) => ({
    waiting: place(Date.parse(since), Date.parse(firedAt)),
    firing: place(Date.parse(firedAt), Date.parse(resolvedAt ?? rehearsal.to)),
  }));
}

/** What is not known: before the data begins, and while we were blind. */
export function unknownSpans(rehearsal: Rehearsal): Span[] {
  const place = placeIn(rehearsal);
  const start = Date.parse(rehearsal.from);
  const data = rehearsal.dataFrom === null ? start : Date.parse(rehearsal.dataFrom);
  const spans = rehearsal.blind.map(({ from, to }) => place(Date.parse(from), Date.parse(to)));
  return data > start ? [place(start, data), ...spans] : spans;
}

/** Hours in which nobody is told, to a quarter of an hour. */
export function quietSpans(rehearsal: Rehearsal, windows: readonly TimeWindow[]): Span[] {
  if (windows.length === 0) return [];
  const place = placeIn(rehearsal);
  const endMs = Date.parse(rehearsal.to);
  const spans: Span[] = [];
  let begun: number | null = null;
  for (let ms = Date.parse(rehearsal.from); ms <= endMs; ms += stepMs) {
    const quiet = windows.some((window) => inWindow(window, new Date(ms)));
    if (quiet && begun === null) begun = ms;
    if (begun !== null && (!quiet || ms + stepMs > endMs)) {
      spans.push(place(begun, ms));
      begun = null;
    }
  }
  return spans;
}

/** Midnights of the reader, each with the name of the day that begins there. */
export function daySpans(rehearsal: Rehearsal): (Span & { key: string; name: string })[] {
  const place = placeIn(rehearsal);
  const endMs = Date.parse(rehearsal.to);
  const spans: (Span & { key: string; name: string })[] = [];
  let begin = Date.parse(rehearsal.from);
  while (begin < endMs) {
    const next = new Date(begin);
    next.setHours(24, 0, 0, 0);
    const end = Math.min(endMs, next.getTime());
    const name =
      end === endMs ? "Today" : new Intl.DateTimeFormat("en-GB", { weekday: "short" }).format(begin);
    spans.push({ ...place(begin, end), key: String(begin), name });
    begin = end;
  }
  return spans;
}
