import type { LogLevel } from "@/contracts/fleet/log-line";

const words: Record<string, LogLevel> = {
  trace: "debug",
  verbose: "debug",
  debug: "debug",
  dbg: "debug",
  info: "info",
  information: "info",
  notice: "info",
  warn: "warn",
  warning: "warn",
  err: "error",
  error: "error",
  fatal: "error",
  critical: "error",
  crit: "error",
  alert: "error",
  emerg: "error",
  panic: "error",
  severe: "error",
};
const anyWord = Object.keys(words)
  .sort((a, b) => b.length - a.length)
  .join("|");

/** `level=warn`, `"severity":"ERROR"` inside a longer line. */
const pair = new RegExp(`\\b(?:level|lvl|severity|loglevel)["']?\\s*[=:]\\s*["']?(${anyWord})\\b`, "i");
/** `[error]`, `<warn>`, `(info)` near the beginning. */
const bracketed = new RegExp(`^.{0,60}?[[<(]\\s*(${anyWord})\\s*[\\]>)]`, "i");
/** `error: …`, `WARN …`, `2026-01-01T00:00:00Z warn: …`: first word, after an optional time. */
const leading = new RegExp(
  `^\\s*(?:[\\d:.,TZ+/-]+(?:\\s+[\\d:.,Z+-]+)?\\s+)?(?:(${anyWord})\\s*[:|-]|(${anyWord.toUpperCase()})\\b)`,
);
const leadingAnyCase = new RegExp(leading.source, "i");
/** What runtimes print of failures nobody caught. */
const failure =
  /^(?:Traceback \(most recent call last\)|panic: |Uncaught |Unhandled |Segmentation fault|(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception)\b)/;

function fromWord(word: unknown): LogLevel | undefined {
  return typeof word === "string" ? words[word.trim().toLowerCase()] : undefined;
}

/** Pino and bunyan count 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal. */
function fromNumber(level: number): LogLevel {
  if (level >= 50) return "error";
  if (level >= 40) return "warn";
  return level >= 30 ? "info" : "debug";
}

function fromJson(line: string): LogLevel | undefined {
  if (!line.startsWith("{") || !line.endsWith("}")) return undefined;
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  for (const field of ["level", "severity", "lvl", "loglevel", "log.level", "levelname"]) {
    const value = entry[field];
    if (typeof value === "number") return fromNumber(value);
    const level = fromWord(value);
    if (level) return level;
  }
  return undefined;
}

function fromText(line: string): LogLevel | undefined {
  const head = line.slice(0, 400);
  const upper = leading.exec(head);
  const found =
    upper?.[2] ?? bracketed.exec(head)?.[1] ?? leadingAnyCase.exec(head)?.[1] ?? pair.exec(head)?.[1];
  return fromWord(found) ?? (failure.test(head) ? "error" : undefined);
}

/** The level that a line itself tells, or undefined when it tells none. */
export function toldLevel(line: string): LogLevel | undefined {
  return fromJson(line) ?? fromText(line);
}

/**
 * Levels of one stream's lines. An indented line belongs to the one before it (a stack trace), so it takes that
 * level. stderr alone says nothing: many programs write all they say to it, so a line is `info` unless it looks
 * like more.
 */
export class LevelReader {
  private before: LogLevel = "info";

  read(line: string): LogLevel {
    const continues = /^\s/.test(line);
    const level = toldLevel(line) ?? (continues ? this.before : "info");
    this.before = level;
    return level;
  }
}
