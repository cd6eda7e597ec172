import { z } from "zod";
import { commandKindSchema } from "@/contracts/fleet/command";
import { logLevelSchema, maxLogMessageLength } from "@/contracts/fleet/log-line";
import { metricNameSchema, metricNameWords, mostNumbers } from "@/contracts/fleet/metric-name";
import { reportedStateSchema } from "@/contracts/fleet/status";
import { safeIdSchema } from "@/contracts/kernel/id";
import { reportedTextSchema } from "@/contracts/kernel/text";

/** The agent protocol, version 1: what an agent and Mission Control say to each other over Socket.IO or HTTP. */
export const agentProtocol = 1;
export const agentNamespace = "/agents";

/** Largest message an agent may send: 1 MiB. Socket.IO closes a connection that sends more. */
export const maxAgentMessageBytes = 1024 * 1024;
/** Most lines in one `logs` message. */
export const maxLogBatch = 500;

/** A moment on the agent's own clock: ISO 8601 or milliseconds. Only shown, never judged by: clocks err by years. */
export const agentTimeSchema = z.union(
  [
    z.number().finite(),
    z
      .string()
      .max(40)
      .transform((text, ctx) => {
        const ms = Date.parse(text);
        if (Number.isNaN(ms)) ctx.addIssue({ code: "custom", message: "is no time" });
        return ms;
      }),
  ],
  "must be an ISO 8601 time or milliseconds since 1970",
);

/**
 * `auth` of the Socket.IO handshake. Refusals arrive as `connect_error` with `data.code`. `endedAt`: this session is over
 * since then and comes only to tell what it could not before; it is never shown as online and gets no commands.
 */
export const agentAuthSchema = z.object({
  key: z.string().max(200),
  protocol: z.number().int(),
  sessionId: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[\w.:-]+$/, "may hold letters, digits, _ . : -"),
  hostname: reportedTextSchema(253).optional(),
  version: reportedTextSchema(40).optional(),
  pid: z.number().int().nonnegative().max(4_294_967_295).optional(),
  commandLine: reportedTextSchema(1_000).optional(),
  endedAt: agentTimeSchema.optional(),
});
export type AgentAuth = z.infer<typeof agentAuthSchema>;

export const agentRefusalCodes = ["bad-key", "revoked-key", "protocol", "invalid", "unavailable"] as const;
export type AgentRefusalCode = (typeof agentRefusalCodes)[number];

const amount = z.number().finite().nonnegative().max(Number.MAX_SAFE_INTEGER).nullish();

/** Numbers under the agent's own names; may be negative. One that bears a built-in name is not looked at. */
const numbersSchema = z
  .record(metricNameSchema, z.number().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER), {
    error: ({ code }) => (code === "invalid_key" ? `is no name: a name ${metricNameWords}` : undefined),
  })
  .refine((numbers) => Object.keys(numbers).length <= mostNumbers, `holds at most ${mostNumbers} numbers`);

/**
 * `netRxBytes` and `netTxBytes` count up, as the kernel does: a minute keeps what was added in it.
 * `clockOffsetMs`: server clock minus agent clock, from the last beats' answers; makes the measured delay end to end.
 */
export const beatSchema = z.object({
  at: agentTimeSchema,
  state: reportedStateSchema,
  progressAt: agentTimeSchema.nullish(),
  task: reportedTextSchema(300).nullish(),
  metrics: z
    .object({
      cpuPercent: amount,
      memoryBytes: amount,
      diskUsedBytes: amount,
      diskTotalBytes: amount,
      netRxBytes: amount,
      netTxBytes: amount,
      numbers: numbersSchema.nullish(),
    })
    .partial()
    .nullish(),
  clockOffsetMs: z.number().finite().nullish(),
});
export type Beat = z.infer<typeof beatSchema>;

/** A `seq` counts up by one a line through one session; resending a `seq` is harmless. */
export const agentLogLineSchema = z.object({
  seq: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
  at: agentTimeSchema,
  level: logLevelSchema,
  message: reportedTextSchema(maxLogMessageLength),
  source: reportedTextSchema(80).nullish(),
});
/**
 * `dropped`: lines that fell out of the agent's own bounded backlog before this batch; shown, never hidden. They keep their
 * `seq`, so that a batch that is sent again tells of them once.
 */
export const logsSchema = z.object({
  lines: z.array(agentLogLineSchema).max(maxLogBatch),
  dropped: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).optional(),
});
export type AgentLogs = z.infer<typeof logsSchema>;
export type AgentLogLine = z.infer<typeof agentLogLineSchema>;

/** For the timeline. `id` is the agent's own: sending it again is harmless. `kind` `crashed` also becomes a fact. */
export const activitySchema = z.object({
  id: z.string().min(1).max(64),
  at: agentTimeSchema,
  kind: reportedTextSchema(40).pipe(z.string().min(1)),
  title: reportedTextSchema(200),
  detail: reportedTextSchema(2_000).nullish(),
});
export type AgentActivity = z.infer<typeof activitySchema>;

/**
 * The agent starts doing a command only after `acknowledged` was answered with ok: so a command that expired on
 * the way is never done, and one that was acknowledged is never reported as not done while it was.
 */
export const commandUpdateSchema = z.object({
  id: safeIdSchema,
  state: z.enum(["acknowledged", "running", "succeeded", "failed"]),
  progress: z.number().min(0).max(100).nullish(),
  message: reportedTextSchema(1_000).nullish(),
});
export type CommandUpdate = z.infer<typeof commandUpdateSchema>;

export const configAppliedSchema = z.object({
  version: z.number().int().nonnegative(),
  ok: z.boolean(),
  error: reportedTextSchema(1_000).nullish(),
});
export type ConfigApplied = z.infer<typeof configAppliedSchema>;

/** `bye`: the agent ends on purpose; without it a closed connection counts as silence. */
export const byeSchema = z.object({
  reason: reportedTextSchema(300),
  exitCode: z.number().int().nullish(),
  signal: reportedTextSchema(20).nullish(),
});
export type Bye = z.infer<typeof byeSchema>;

/** Refusal of one message; the connection stays. `retryAfterMs` with `unavailable`: keep it and send it again then. */
export type WireError = {
  code: "invalid" | "not-found" | "expired" | "conflict" | "too-many" | "unavailable" | "internal";
  message: string;
  retryAfterMs?: number;
};
export type Refused = { ok: false; error: WireError };
export type BeatAnswer = { ok: true; nextBeatMs: number; receivedAt: number; answeredAt: number } | Refused;
/** Every line up to `through` is durable. */
export type LogsAnswer = { ok: true; through: number } | Refused;
export type PlainAnswer = { ok: true } | Refused;

/** `command`: sent at least once, to be done once. `deadlineAt` is the server's clock, for show; the server judges it. */
export const commandMessageSchema = z.object({
  id: z.string(),
  kind: commandKindSchema,
  args: z.record(z.string(), z.unknown()),
  reason: z.string(),
  deadlineAt: z.string(),
});
export type CommandMessage = z.infer<typeof commandMessageSchema>;

export const welcomeSchema = z.object({
  agentId: z.string(),
  name: z.string(),
  nextBeatMs: z.number(),
  /** Highest log `seq` of this session that is durable; -1 when none: the agent goes on behind it. */
  logsThrough: z.number(),
  config: z.object({ version: z.number(), body: z.unknown() }),
  serverTime: z.number(),
});
export type Welcome = z.infer<typeof welcomeSchema>;

/** Events by direction, for Socket.IO's types. */
export type AgentToServer = {
  beat: (message: unknown, answer?: (answer: BeatAnswer) => void) => void;
  logs: (message: unknown, answer?: (answer: LogsAnswer) => void) => void;
  activity: (message: unknown, answer?: (answer: PlainAnswer) => void) => void;
  "command.update": (message: unknown, answer?: (answer: PlainAnswer) => void) => void;
  "config.applied": (message: unknown, answer?: (answer: PlainAnswer) => void) => void;
  bye: (message: unknown, answer?: (answer: PlainAnswer) => void) => void;
};
export type ServerToAgent = {
  welcome: (message: Welcome) => void;
  command: (message: CommandMessage, received: (answer: PlainAnswer) => void) => void;
  /** The connection ends and shall not be opened again by itself: the key is gone, or somebody else took the place. */
  goodbye: (why: { code: "replaced" | "revoked-key" | "removed"; message: string }) => void;
};
