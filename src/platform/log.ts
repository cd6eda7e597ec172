import pino from "pino";
import { scrub, scrubText } from "./scrub";

export type Log = pino.Logger;

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";

/**
 * JSON lines on standard output, or on `destination`. An error goes under `err`, ids under their own names. Each line
 * is read once more before it is written: no secret leaves in a field, a message, an error or its causes.
 */
export function createLog(
  level: LogLevel,
  bindings: Record<string, unknown> = {},
  destination?: pino.DestinationStream,
): Log {
  const options: pino.LoggerOptions = {
    level,
    base: bindings,
    serializers: { err: pino.stdSerializers.errWithCause },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    hooks: { streamWrite: withoutSecrets },
  };
  return destination ? pino(options, destination) : pino(options);
}

function withoutSecrets(line: string): string {
  let said: unknown;
  try {
    said = JSON.parse(line);
  } catch {
    return scrubText(line);
  }
  return `${JSON.stringify(scrub(said))}\n`;
}
