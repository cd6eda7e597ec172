import type { Agent } from "@/contracts/fleet/agent";
import { type AgentStatus, agentStatuses } from "@/contracts/fleet/status";
import { blankAgent, noMetrics } from "./blank-agent";
import { activityCodes, type BeatTuple, type Snapshot } from "./browser";

/** An agent as the board holds it: its contract, its place in the dictionary, and the measured delay of its beat. */
export type BoardAgent = { ix: number; agent: Agent; transitMs: number | null };

/**
 * Columns of a snapshot, in the order of `ix` (told as steps from the one before). Values of one kind side by side
 * compress twice as well as agent by agent. `idTail` is an id without `agt_`.
 */
const leanColumns = [
  "ixStep",
  "idTail",
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
const detailColumns = ["pid", "sessionId", "keyPrefix", "commandLine", "createdSeconds"] as const;
type BoardColumn = (typeof leanColumns)[number] | (typeof detailColumns)[number];

/** Activity that may be shown beside a status: only an agent that is there does something. */
export function shownActivity(status: AgentStatus, activity: Agent["activity"]): Agent["activity"] {
  return status === "online" ? activity : null;
}

const seconds = (ms: number) => Math.floor(ms / 1000);
const isoOf = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
const orNone = (value: number | null | undefined) => (value == null ? -1 : Math.round(value));
const orNull = (value: number) => (value < 0 ? null : value);

/** Collects repeated texts of one snapshot; -1 stands for null. */
class Words {
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

/** An agent as the server hands it in: `agent` holds the truth but for what the beat measures. */
export type EncodedAgent = BeatNumbers & { ix: number; agent: Agent };

/**
 * The columns of a snapshot, of agents in the order of their `ix`. Without `detailed` it is also rounded to what a
 * first glance needs, since random digits are what weighs: the agent's next beat tells it exactly.
 */
export function encodeAgents(
  entries: Iterable<EncodedAgent>,
  t: number,
  detailed: boolean,
): Pick<Snapshot, "words" | "columns"> {
  const words = new Words();
  const names = detailed ? [...leanColumns, ...detailColumns] : leanColumns;
  const columns = Object.fromEntries(names.map((name): [string, unknown[]] => [name, []]));
  const lists = names.map((name) => columns[name] ?? []);
  let before = -1;
  for (const entry of entries) {
    const { agent } = entry;
    const row = [
      entry.ix - before,
      agent.id.slice(idPrefix.length),
      agent.name,
      words.index(agent.group),
      agent.tags.join(" "),
      agentStatuses.indexOf(agent.status),
      agent.activity === null ? -1 : activityCodes.indexOf(agent.activity),
      sinceSeconds(t, agent.statusSince, detailed),
      words.index(agent.host),
      words.index(agent.version),
      entry.beatAt === null ? -1 : rounded(Math.max(0, t - entry.beatAt), detailed ? 1 : 500),
      orNone(entry.cpuPercent === null ? null : rounded(entry.cpuPercent * 10, detailed ? 1 : 10)),
      orNone(entry.memoryBytes === null ? null : rounded(entry.memoryBytes / 1024, detailed ? 1 : 1024)),
      orNone(entry.transitMs),
      agent.task,
      words.index(agent.evidence.decidedBy),
      agent.evidence.silentAfterMs,
    ];
    if (detailed) {
      const { pid, sessionId, evidence, commandLine, createdAt } = agent;
      row.push(pid, sessionId, evidence.keyPrefix, words.index(commandLine), seconds(Date.parse(createdAt)));
    }
    before = entry.ix;
    for (let index = 0; index < row.length; index++) lists[index]?.push(row[index]);
  }
  return { words: words.list, columns: { ...columns, idTail: joinIds(columns.idTail ?? []) } };
}

const idPrefix = "agt_";

/** Age of the status; long ones to the minute, or to five, when it has to be short. */
function sinceSeconds(t: number, since: string, detailed: boolean): number {
  const age = seconds(t) - seconds(Date.parse(since));
  return detailed ? age : rounded(age, age < 3_600 ? 60 : 300);
}

/** Ids of one length as one text: ten thousand separators less. */
function joinIds(tails: unknown[]): unknown[] {
  const even = tails.every((tail) => String(tail).length === idTailLength);
  return even ? [tails.join("")] : tails;
}

const idTailLength = 26;

function idTailOf(column: readonly unknown[] | undefined, index: number, count: number): string {
  const joined = column?.[0];
  if (column?.length === 1 && typeof joined === "string" && joined.length === count * idTailLength) {
    return joined.slice(index * idTailLength, (index + 1) * idTailLength);
  }
  return String(column?.[index] ?? "");
}

/** Nearest multiple of `to`; small values stay as they are, so that nothing is rounded to none. */
const rounded = (value: number, to: number) => (value < to ? value : Math.round(value / to) * to);

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
export function decodeAgents(snapshot: Pick<Snapshot, "t" | "words" | "columns">): BoardAgent[] {
  const names = snapshot.columns.name ?? [];
  let ix = -1;
  return names.map((_, index) => {
    const cell = (name: BoardColumn) => snapshot.columns[name]?.[index];
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
      id: idPrefix + idTailOf(snapshot.columns.idTail, index, names.length),
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
    ix += number("ixStep");
    return { ix, agent, transitMs: orNull(number("transitMs")) };
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
