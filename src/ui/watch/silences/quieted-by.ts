import type { Silence } from "@/contracts/watch/silence";

/** Which firing alerts are kept quiet now, by their ids, and by what: the silence that holds longest. */
export function quietedBy(silences: readonly Silence[]): ReadonlyMap<string, Silence> {
  const quieted = new Map<string, Silence>();
  for (const silence of silences) {
    if (silence.state !== "active") continue;
    for (const id of silence.fits) {
      const other = quieted.get(id);
      if (!other || endOf(silence) > endOf(other)) quieted.set(id, silence);
    }
  }
  return quieted;
}

const endOf = ({ activeUntil }: Silence) =>
  activeUntil === null ? Number.POSITIVE_INFINITY : Date.parse(activeUntil);
