import type { Agent } from "@/contracts/fleet/agent";
import { type AgentStatus, agentStatuses } from "@/contracts/fleet/status";
import { blankAgent, noMetrics } from "./blank-agent";
import { activityCodes, type BeatTuple, type Snapshot } from "./browser";

/** An agent as the board holds it: its contract, its place in the dictionary, and the measured delay of its beat. */
export type BoardAgent = { ix: number; agent: Agent; transitMs: number | null };

/** Columns of every snapshot. Each agent costs about 15 gzipped bytes here, ten of them its own random id. */
export const leanColumns = [
  "ix",
  "id",
  "name",
  "group",
  "tags",
  "status",
  "activity",
  "sinceSeconds",
  "host",
  "version",
  "beatAgeMs",
  "cpuTenths",
  "memoryKiB",
  "transitMs",
  "task",
  "decidedBy",
  "silentAfterMs",
] as const;
/** What a large fleet's snapshot leaves out (null after decoding): `GET /v1/agents/{id}` tells it. */
export const detailColumns = ["pid", "sessionId", "keyPrefix", "commandLine", "createdSeconds"] as const;
export type BoardColumn = (typeof leanColumns)[number] | (typeof detailColumns)[number];

/** Activity that may be shown beside a status: only an agent that is there does something. */
export function shownActivity(status: AgentStatus, activity: Agent["activity"]): Agent["activity"] {
  return status === "online" ? activity : null;
}

const seconds = (ms: number) => Math.floor(ms / 1000);
const isoOf = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
const orNone = (value: number | null | undefined) => (value == null ? -1 : Math.round(value));
const orNull = (value: number) => (value < 0 ? null : value);

/** Collects repeated texts of one snapshot; -1 stands for null. */
export class Words {
  readonly list: string[] = [];
  #indexOf = new Map<string, number>();
  index(text: string | null): number {
    if (text === null) return -1;
    const known = this.#indexOf.get(text);
    if (known !== undefined) return known;
    this.#indexOf.set(text, this.list.length);
    return this.list.push(text) - 1;
  }
}

/** The latest beat in numbers, as the server keeps it; times in ms of the server's clock. */
export type BeatNumbers = {
  beatAt: number | null;
  cpuPercent: number | null;
  memoryBytes: number | null;
  transitMs: number | null;
};

/** One agent as a row; `detailed` adds `detailColumns`. `agent` holds the truth but for what `beat` measures. */
export function encodeAgentRow(
  ix: number,
  agent: Agent,
  beat: BeatNumbers,
  t: number,
  words: Words,
  detailed: boolean,
): unknown[] {
  const row: unknown[] = [
    ix,
    agent.id,
    agent.name,
    words.index(agent.group),
    agent.tags.join(" "),
    agentStatuses.indexOf(agent.status),
    agent.activity === null ? -1 : activityCodes.indexOf(agent.activity),
    seconds(t) - seconds(Date.parse(agent.statusSince)),
    words.index(agent.host),
    words.index(agent.version),
    beat.beatAt === null ? -1 : Math.max(0, t - beat.beatAt),
    orNone(beat.cpuPercent === null ? null : beat.cpuPercent * 10),
    orNone(beat.memoryBytes === null ? null : beat.memoryBytes / 1024),
    orNone(beat.transitMs),
    agent.task,
    words.index(agent.evidence.decidedBy),
    agent.evidence.silentAfterMs,
  ];
  if (!detailed) return row;
  row.push(
    agent.pid,
    agent.sessionId,
    agent.evidence.keyPrefix,
    words.index(agent.commandLine),
    seconds(Date.parse(agent.createdAt)),
  );
  return row;
}

/** One beat of a frame; ages count back from the frame's `t`. */
export function encodeBeat(ix: number, activity: Agent["activity"], beat: BeatNumbers, t: number): BeatTuple {
  return [
    ix,
    beat.beatAt === null ? -1 : Math.max(0, Math.round(t - beat.beatAt)),
    activity === null ? -1 : activityCodes.indexOf(activity),
    orNone(beat.cpuPercent === null ? null : beat.cpuPercent * 10),
    orNone(beat.memoryBytes === null ? null : beat.memoryBytes / 1024),
    orNone(beat.transitMs),
  ];
}

/** The agents of a snapshot, in its order. Times come back in full seconds, memory in KiB, but for the last beat. */
export function decodeAgents(snapshot: Pick<Snapshot, "t" | "words" | "columns" | "rows">): BoardAgent[] {
  const at = new Map(snapshot.columns.map((name, index) => [name, index]));
  return snapshot.rows.map((row) => {
    const cell = (name: BoardColumn) => row[at.get(name) ?? -1];
    const number = (name: BoardColumn) => {
      const value = cell(name);
      return typeof value === "number" ? value : -1;
    };
    const text = (name: BoardColumn) => {
      const value = cell(name);
      return typeof value === "string" ? value : null;
    };
    const word = (name: BoardColumn) => snapshot.words[number(name)] ?? null;
    const age = orNull(number("beatAgeMs"));
    const lastBeatAt = isoOf(age === null ? null : snapshot.t - age);
    const host = word("host");
    const pid = orNull(number("pid"));
    const sessionId = text("sessionId");
    const created = orNull(number("createdSeconds"));
    const agent: Agent = {
      ...blankAgent,
      id: text("id") ?? "",
      name: text("name") ?? "",
      group: word("group"),
      tags: text("tags")?.split(" ").filter(Boolean) ?? [],
      status: agentStatuses[number("status")] ?? "unknown",
      activity: activityCodes[number("activity")] ?? null,
      statusSince: new Date((seconds(snapshot.t) - number("sinceSeconds")) * 1000).toISOString(),
      host,
      pid,
      version: word("version"),
      sessionId,
      commandLine: word("commandLine"),
      lastBeatAt,
      task: text("task"),
      metrics: measured(number("cpuTenths"), number("memoryKiB")),
      evidence: {
        lastBeatAt,
        keyPrefix: text("keyPrefix"),
        host,
        pid,
        sessionId,
        decidedBy: word("decidedBy") ?? "",
        silentAfterMs: number("silentAfterMs"),
      },
      createdAt: created === null ? blankAgent.createdAt : new Date(created * 1000).toISOString(),
    };
    return { ix: number("ix"), agent, transitMs: orNull(number("transitMs")) };
  });
}

/** CPU and memory as a frame or row tells them; the board knows no other metrics. */
export function measured(cpuTenths: number, memoryKiB: number): Agent["metrics"] {
  return {
    ...noMetrics,
    cpuPercent: cpuTenths < 0 ? null : cpuTenths / 10,
    memoryBytes: memoryKiB < 0 ? null : memoryKiB * 1024,
  };
}
