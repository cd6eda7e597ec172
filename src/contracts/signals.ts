import type { Fact } from "@/contracts/facts";
import type { Command } from "@/contracts/fleet/command";
import type { LogLine } from "@/contracts/fleet/log-line";
import type { Activity } from "@/contracts/fleet/status";
import type { Intent, Person } from "@/contracts/wire/browser";

/** An agent's latest beat as instances tell each other. Times in ms of the receiving server's clock. */
export type BeatSignal = {
  agentId: string;
  account: string;
  receivedAt: number;
  /** Agent to server by the agent's own measured clock offset; null when it has none yet. */
  transitMs: number | null;
  activity: Activity;
  task: string | null;
  progressAt: number | null;
  cpuPercent: number | null;
  memoryBytes: number | null;
};

/**
 * What an agent says of a command without moving it: its latest progress in percent and words. No fact, since a
 * percentage a second would drown the log.
 */
export type ProgressSignal = { account: string } & Pick<Command, "id" | "state" | "progress" | "message">;

/**
 * Topics of the bus. `facts` is published by the stamper only, in order; everything else is fleeting, the latest
 * wins and one may be lost. Nudges say "look now": their loops also tick.
 */
export type Topics = {
  facts: Fact[];
  beats: BeatSignal[];
  "command.progress": ProgressSignal;
  "log.lines": { account: string; agentId: string; lines: LogLine[]; dropped: number };
  /** Open dialogs of one instance: the whole list each time, so a lost one heals. */
  intents: { instance: string; intents: (Intent & { account: string })[] };
  people: { instance: string; people: (Person & { account: string })[] };
  /** Sessions or keys that must lose their sockets at once, on whichever instance they are. */
  "sessions.revoked": { sessionIds?: string[]; userId?: string; reason: "revoked" | "role" | "disabled" };
  "keys.revoked": { agentId: string; keyId: string | null };
  "nudge.facts": null;
  "nudge.commands": { agentIds: string[] };
  "nudge.notifications": null;
  /** The notifier has something to look at: a silence that began or ended, a changed policy, an acknowledgement. */
  "nudge.telling": null;
};
