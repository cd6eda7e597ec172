import { z } from "zod";
import type { Agent } from "@/contracts/fleet/agent";
import { commandKindSchema } from "@/contracts/fleet/command";
import type { LogLevel, LogLine } from "@/contracts/fleet/log-line";
import { logLevelSchema } from "@/contracts/fleet/log-line";
import { reportedTextSchema } from "@/contracts/kernel/text";

/**
 * One agent's latest beat: `[ix, ageMs, activity, cpuTenths, memoryKiB, transitMs]`. `ix` comes from the snapshot's
 * dictionary; `ageMs` counts back from the frame's `t`; -1 stands for "not told" in every place but `ix`.
 */
export type BeatTuple = [
  ix: number,
  ageMs: number,
  activity: number,
  cpuTenths: number,
  memoryKiB: number,
  transitMs: number,
];

/** What the board does not carry, but pages show: they read it again when something happened to one of these. */
export const newsTopics = ["alert", "rule", "silence", "policy", "channel", "notification"] as const;
export type NewsTopic = (typeof newsTopics)[number];
/** What happened to a thing of which kind; of a message also which kind of channel took it ("inbox" fills the bell). */
export type NewsPatch = { topic: NewsTopic; fact: string; channelKind?: string };

/**
 * What changed: the target's id and the fields of its contract that are new. `factSeq` is the fact's; 0 where none tells
 * it: progress of a command, whether an alert is muted, and what leaves the board with time. `news` only says that
 * something happened to a thing that is not on the board: `patch` is a `NewsPatch`.
 */
export type Change = {
  kind: "agent" | "command" | "alert" | "notice" | "news";
  id: string;
  /** Given when the thing is new to the board; an agent's `ix` then comes with it. */
  ix?: number;
  removed?: true;
  patch: Record<string, unknown>;
  factSeq: number;
};

/** `s` counts up by one a frame within an `epoch`; `t` is the server's clock in ms; `k` are changed task lines. */
export type Frame = {
  s: number;
  t: number;
  b?: BeatTuple[];
  k?: [ix: number, task: string | null][];
  c?: Change[];
};

/** Something the board says to everyone until it is outdated, such as when monitoring was blind. */
export type Notice = { id: string; kind: "blind"; from: string; to: string; text: string };

/** An agent with its place in the dictionary. Beats ride along inside the agent. */
export type SnapshotAgent = { ix: number; agent: Agent };

/** State of the board at frame `seq` of `epoch`. Frames after `seq` continue it. Columns, not objects: 10,000 agents stay under 200 kB gzipped. */
export type Snapshot = {
  epoch: string;
  seq: number;
  t: number;
  /** Texts that many agents share (hosts, groups, versions): columns name them by index. */
  words: readonly string[];
  /** One list a column, all of one length, in one order of agents; `board-codec` writes and reads them. */
  columns: { readonly [name: string]: readonly unknown[] };
  commands: unknown[];
  alerts: unknown[];
  notices: Notice[];
};

/** Said on (re)connection. With a known `epoch` and `lastSeq` the missed frames come, else a `resync`. */
export const joinSchema = z.object({
  protocol: z.number().int(),
  epoch: z.string().max(64).nullish(),
  lastSeq: z.number().int().nullish(),
});
export type JoinAnswer =
  | { ok: true; mode: "replay" | "resync"; epoch: string }
  | { ok: false; error: { code: string; message: string } };

/** A person's open dialog, told to everyone else: who is about to do what to whom. Lost with its browser after 10 s. */
export const prepareSchema = z.object({
  kind: commandKindSchema,
  agentIds: z.array(z.string().max(64)).min(1).max(1_000),
  reason: reportedTextSchema(500).optional(),
});
export type Intent = {
  id: string;
  user: { id: string; name: string };
  kind: z.infer<typeof commandKindSchema>;
  agentIds: string[];
  reason: string | null;
  since: number;
};

/** Someone who has the console open; `at` is the address of the page, or of the alert that it shows. */
export type Person = { id: string; name: string; role: string; at: string; since: number };
export const hereSchema = z.object({ at: reportedTextSchema(120) });

export const tailSchema = z.object({
  agentId: z.string().max(64),
  levels: z.array(logLevelSchema).max(4).optional(),
});
export type TailLines = { agentId: string; lines: LogLine[]; dropped: number };

/** Health of the parts as the page must say it: false means "not saved" (db) or "other instances unseen" (bus). */
export type Health = { db: boolean; bus: boolean; since: number; note: string | null };

export type ConsoleToServer = {
  join: (message: unknown, answer: (answer: JoinAnswer) => void) => void;
  prepare: (
    message: unknown,
    answer?: (answer: { ok: boolean; id?: string; error?: { code: string; message: string } }) => void,
  ) => void;
  unprepare: (answer?: (answer: { ok: boolean }) => void) => void;
  here: (message: unknown) => void;
  tail: (
    message: unknown,
    answer: (answer: { ok: boolean; error?: { code: string; message: string } }) => void,
  ) => void;
  untail: () => void;
  /** Answer carries the server's clock, for the measured delay. */
  clock: (answer: (serverTime: number) => void) => void;
};
export type ServerToConsole = {
  frame: (frame: Frame) => void;
  snapshot: (snapshot: Snapshot) => void;
  /** The watcher fell behind or the epoch is gone: ask for a fresh snapshot by `join`. */
  resync: (why: { reason: "behind" | "epoch" | "gap" }) => void;
  intents: (intents: Intent[]) => void;
  people: (people: Person[]) => void;
  lines: (lines: TailLines) => void;
  health: (health: Health) => void;
  /** The session ended (`revoked`, `expired`, `role`): the page goes to sign-in or reloads. */
  goodbye: (why: { reason: "revoked" | "expired" | "role" | "disabled" }) => void;
};
export type { LogLevel };
