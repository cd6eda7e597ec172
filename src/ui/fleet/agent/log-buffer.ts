import { type LogLevel, type LogLine, logLevels } from "@/contracts/fleet/log-line";

/** Lines that the page keeps; older ones are a download away. */
export const keptLines = 2_000;

export interface LogBuffer {
  /** Oldest first; ids go up. */
  lines: readonly LogLine[];
  /** Lines that were lost on the way, in all: shown, never hidden. */
  dropped: number;
}

export const emptyBuffer: LogBuffer = { lines: [], dropped: 0 };

/** The buffer with lines added at their place; those that are there already (a tail and a page overlap) are left out. */
export function addLines(buffer: LogBuffer, lines: readonly LogLine[], dropped = 0): LogBuffer {
  if (lines.length === 0 && dropped === 0) return buffer;
  const known = new Set(buffer.lines.slice(-keptLines).map(({ id }) => id));
  const fresh = lines.filter(({ id }) => !known.has(id));
  if (fresh.length === 0 && dropped === 0) return buffer;
  const all = [...buffer.lines, ...fresh];
  if (fresh.length > 0) all.sort((one, other) => Number(one.id) - Number(other.id));
  return { lines: all.slice(-keptLines), dropped: buffer.dropped + dropped };
}

export interface LogFilter {
  /** Only this level; null: all. */
  level: LogLevel | null;
  text: string;
}

export function filterLines(lines: readonly LogLine[], { level, text }: LogFilter): readonly LogLine[] {
  if (level === null && text === "") return lines;
  const wanted = text.toLowerCase();
  return lines.filter((line) => {
    if (level !== null && line.level !== level) return false;
    if (wanted === "") return true;
    return (
      line.message.toLowerCase().includes(wanted) || Boolean(line.source?.toLowerCase().includes(wanted))
    );
  });
}

/** How many lines of each level there are. */
export function countLevels(lines: readonly LogLine[]): Record<LogLevel, number> {
  const counts: Record<LogLevel, number> = { debug: 0, info: 0, warn: 0, error: 0 };
  for (const { level } of lines) counts[level] += 1;
  return counts;
}

export const levelOrder: readonly LogLevel[] = logLevels;
