import type { Agent } from "@/contracts/fleet/agent";
import { agentStatuses } from "@/contracts/fleet/agent-statuses";
import type { AgentStatus } from "@/contracts/fleet/status";
import { blankAgent, noMetrics } from "./blank-agent";
import type { BeatTuple, Snapshot } from "./browser";
import { activityCodes } from "./console-words";
import { RepeatedWords } from "./repeated-words";

/** An agent as the board holds it: its contract, its place in the dictionary, and the measured delay of its beat. */
export type BoardAgent = { ix: number; agent: Agent; transitMs: number | null };

/**
 * Columns of a snapshot, in the order of `ix` (told as steps from the one before). Values of one kind side by side
 * compress twice as well as agent by agent. `idTail` is an id without `agt_`. These only change with facts.
 */
const toldColumns = [
  "ixStep",
  "idTail",
  "name",
  "group",
  "tags",
  "status",
  "host",
  "version",
  "decidedBy",
  "silentAfterMs",
] as const;
/** And these with every beat, or as time passes. */
export const movingColumns = [
  "activity",
  "sinceSeconds",
  "beatAgeMs",
  "cpuTenths",
  "memoryKiB",
  "transitMs",
  "task",
  "noProgressSeconds",
] as const;
/** What a large fleet's snapshot leaves out (null after decoding): `GET /v1/agents/{id}` tells it. */
const detailColumns = ["pid", "sessionId", "keyPrefix", "commandLine", "createdSeconds"] as const;
type BoardColumn =
  | (typeof toldColumns)[number]
  | (typeof movingColumns)[number]
  | (typeof detailColumns)[number];

/** Activity that may be shown beside a status: only an agent that is there does something. */
export function shownActivity(status: AgentStatus, activity: Agent["activity"]): Agent["activity"] {
  return status === "online" ? activity : null;
}

const seconds = (ms: number) => Math.floor(ms / 1000);
const orNone = (value: number | null | undefined) => (value == null ? -1 : Math.round(value));
const orNull = (value: number) => (value < 0 ? null : value);

/** The latest beat in numbers, as the server keeps it; times in ms of the server's clock. */
export type BeatNumbers = {
  beatAt: number | null;
  cpuPercent: number | null;
  memoryBytes: number | null;
  transitMs: number | null;
};

/** An agent as the server hands it in: `agent` holds the truth but for what the beat measures. */
export type EncodedAgent = BeatNumbers & {
  ix: number;
  agent: Agent;
  /** `agent.statusSince` in ms. */
  sinceMs: number;
};

/** Columns of a snapshot's agents, and the words that they repeat. */
export type EncodedColumns = Pick<Snapshot, "words" | "columns">;

/** The columns that stay as they are until an agent comes, goes or is changed by a fact. */
export function encodeTold(entries: Iterable<EncodedAgent>, detailed: boolean): EncodedColumns {
  const words = new RepeatedWords();
  const c = emptyColumns(toldColumns);
  const d = emptyColumns(detailColumns);
  let before = -1;
  for (const { agent, ix } of entries) {
    c.ixStep.push(ix - before);
    c.idTail.push(agent.id.slice(idPrefix.length));
    c.name.push(agent.name);
    c.group.push(words.index(agent.group));
    c.tags.push(agent.tags.length === 0 ? "" : agent.tags.join(" "));
    c.status.push(agentStatuses.indexOf(agent.status));
    c.host.push(words.index(agent.host));
    c.version.push(words.index(agent.version));
    c.decidedBy.push(words.index(agent.evidence.decidedBy));
    c.silentAfterMs.push(agent.evidence.silentAfterMs);
    before = ix;
    if (!detailed) continue;
    d.pid.push(agent.pid);
    d.sessionId.push(agent.sessionId);
    d.keyPrefix.push(agent.evidence.keyPrefix);
    d.commandLine.push(words.index(agent.commandLine));
    d.createdSeconds.push(seconds(Date.parse(agent.createdAt)));
  }
  return { words: words.list, columns: { ...c, ...(detailed ? d : {}), idTail: joinIds(c.idTail) } };
}

/**
 * The columns of a snapshot, of agents in the order of their `ix`. Without `detailed` it is also rounded to what a
 * first glance needs, since random digits are what weighs: the agent's next beat tells it exactly. Cell by cell
 * rather than row by row: ten thousand rows would be garbage as soon as they are made. `told`: kept from `encodeTold`.
 */
export function encodeAgents(
  entries: readonly EncodedAgent[],
  t: number,
  detailed: boolean,
  told: EncodedColumns = encodeTold(entries, detailed),
): EncodedColumns {
  const c = emptyColumns(movingColumns);
  for (const entry of entries) {
    const { agent, beatAt } = entry;
    c.activity.push(agent.activity === null ? -1 : activityCodes.indexOf(agent.activity));
    c.sinceSeconds.push(sinceSeconds(t, entry.sinceMs, detailed));
    c.beatAgeMs.push(beatAt === null ? -1 : rounded(Math.max(0, t - beatAt), detailed ? 1 : 500));
    c.cpuTenths.push(amount(entry.cpuPercent, 10, detailed ? 1 : 10));
    c.memoryKiB.push(amount(entry.memoryBytes, 1 / 1024, detailed ? 1 : 1024));
    c.transitMs.push(orNone(entry.transitMs));
    c.task.push(agent.task);
    c.noProgressSeconds.push(noProgressSeconds(agent, t));
  }
  return { words: told.words, columns: { ...told.columns, ...c } };
}

/** Only of those that are stuck: it is what their row says, and of others it would be new with every beat. */
function noProgressSeconds({ activity, progressAt }: Agent, t: number): number {
  if (activity !== "stuck" || progressAt === null) return -1;
  return Math.max(0, seconds(t) - seconds(Date.parse(progressAt)));
}

function emptyColumns<Name extends string>(names: readonly Name[]): Record<Name, unknown[]> {
  return Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, unknown[]>;
}

/** A measure in the unit of its column, to the nearest multiple of `to`; -1 for none. */
function amount(value: number | null, factor: number, to: number): number {
  return value === null ? -1 : Math.round(rounded(value * factor, to));
}

const idPrefix = "agt_";

/** Up to so many agents the snapshot carries every column; beyond it would weigh too much for a first paint. */
export const mostDetailedAgents = 1_000;

/** `statusSince` as a browser reads it from a snapshot at `t`: it orders rows by that. */
export function toldSince({ sinceMs }: EncodedAgent, t: number, detailed: boolean): string {
  return new Date((seconds(t) - sinceSeconds(t, sinceMs, detailed)) * 1000).toISOString();
}

/** Age of the status; long ones to the minute, or to five, when it has to be short. */
function sinceSeconds(t: number, sinceMs: number, detailed: boolean): number {
  const age = seconds(t) - seconds(sinceMs);
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

/** Cells of one column as they are meant; what is missing or of another kind counts as absent. */
function numbersOf(column: readonly unknown[] | undefined): (index: number) => number {
  return (index) => {
    const value = column?.[index];
    return typeof value === "number" ? value : -1;
  };
}

function textsOf(column: readonly unknown[] | undefined): (index: number) => string | null {
  return (index) => {
    const value = column?.[index];
    return typeof value === "string" ? value : null;
  };
}

/** Times as texts, each made once: ten thousand agents share a few hundred, and making one costs a microsecond. */
function isoTexts(): (ms: number) => string {
  const known = new Map<number, string>();
  return (ms) => {
    let text = known.get(ms);
    if (text === undefined) {
      text = new Date(ms).toISOString();
      known.set(ms, text);
    }
    return text;
  };
}

/** The agents of a snapshot, in its order. Times come back in full seconds, memory in KiB, but for the last beat. */
export function decodeAgents(snapshot: Pick<Snapshot, "t" | "words" | "columns">): BoardAgent[] {
  const { columns, words, t } = snapshot;
  const number = (name: BoardColumn) => numbersOf(columns[name]);
  const text = (name: BoardColumn) => textsOf(columns[name]);
  const word = (name: BoardColumn) => {
    const indexes = number(name);
    return (index: number) => words[indexes(index)] ?? null;
  };
  const iso = isoTexts();
  const tagLists = new Map<string, string[]>();
  const tagsOf = (joined: string | null) => {
    if (!joined) return [];
    const known = tagLists.get(joined) ?? joined.split(" ").filter(Boolean);
    tagLists.set(joined, known);
    return known;
  };
  const [names, tags, tasks] = [text("name"), text("tags"), text("task")];
  const [sessions, keys] = [text("sessionId"), text("keyPrefix")];
  const [groups, hosts, versions] = [word("group"), word("host"), word("version")];
  const [commandLines, deciders] = [word("commandLine"), word("decidedBy")];
  const [steps, statuses, activities] = [number("ixStep"), number("status"), number("activity")];
  const [sinces, ages, created] = [number("sinceSeconds"), number("beatAgeMs"), number("createdSeconds")];
  const [cpus, memories, transits] = [number("cpuTenths"), number("memoryKiB"), number("transitMs")];
  const noProgress = number("noProgressSeconds");
  const [pids, silences] = [number("pid"), number("silentAfterMs")];
  const count = columns.name?.length ?? 0;
  const nowSeconds = seconds(t);

  const decoded: BoardAgent[] = [];
  let ix = -1;
  for (let index = 0; index < count; index++) {
    const age = ages(index);
    const lastBeatAt = age < 0 ? null : iso(t - age);
    const host = hosts(index);
    const pid = orNull(pids(index));
    const sessionId = sessions(index);
    const createdSeconds = created(index);
    const stuckFor = noProgress(index);
    const agent: Agent = {
      id: idPrefix + idTailOf(columns.idTail, index, count),
      name: names(index) ?? "",
      group: groups(index),
      tags: tagsOf(tags(index)),
      status: agentStatuses[statuses(index)] ?? "unknown",
      activity: activityCodes[activities(index)] ?? null,
      statusSince: iso((nowSeconds - sinces(index)) * 1000),
      host,
      pid,
      version: versions(index),
      sessionId,
      commandLine: commandLines(index),
      lastBeatAt,
      progressAt: stuckFor < 0 ? null : iso((nowSeconds - stuckFor) * 1000),
      task: tasks(index),
      metrics: measured(cpus(index), memories(index)),
      evidence: {
        lastBeatAt,
        keyPrefix: keys(index),
        host,
        pid,
        sessionId,
        decidedBy: deciders(index) ?? "",
        silentAfterMs: silences(index),
      },
      createdAt: createdSeconds < 0 ? blankAgent.createdAt : iso(createdSeconds * 1000),
    };
    ix += steps(index);
    decoded.push({ ix, agent, transitMs: orNull(transits(index)) });
  }
  return decoded;
}

/** CPU and memory as a frame or row tells them; the board knows no other metrics. */
export function measured(cpuTenths: number, memoryKiB: number): Agent["metrics"] {
  return {
    ...noMetrics,
    cpuPercent: cpuTenths < 0 ? null : cpuTenths / 10,
    memoryBytes: memoryKiB < 0 ? null : memoryKiB * 1024,
  };
}
