import pino from "pino";

export type Log = pino.Logger;

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";

/** Fields that are secrets wherever they stand, down to three levels deep. */
const secretFields = [
  "password",
  "newPassword",
  "passwordHash",
  "token",
  "accessToken",
  "refreshToken",
  "key",
  "apiKey",
  "cookie",
  "authorization",
  "secret",
  "clientSecret",
  "webhookUrl",
  "databaseUrl",
  "redisUrl",
  "smtpUrl",
];

/** A webhook's address is a credential by itself: whoever has it can post. */
const webhookFields = ["config.url", "channel.url", "webhook.url"];

const paths = [
  ...secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
  'headers["set-cookie"]',
  '*.headers["set-cookie"]',
  ...webhookFields.flatMap((field) => [field, `*.${field}`]),
];

/** JSON lines on standard output, or on `destination`. An error goes under `err`, ids under their own names. */
export function createLog(
  level: LogLevel,
  bindings: Record<string, unknown> = {},
  destination?: pino.DestinationStream,
): Log {
  const options: pino.LoggerOptions = {
    level,
    base: bindings,
    redact: { paths, censor: "[hidden]" },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  };
  return destination ? pino(options, destination) : pino(options);
}
