import type { Fact } from "@/contracts/facts";
import type { Agent } from "@/contracts/fleet/agent";
import type { Command } from "@/contracts/fleet/command";
import { openCommandStates } from "@/contracts/fleet/command-states";
import type { BeatSignal } from "@/contracts/signals";
import { blankAgent } from "@/contracts/wire/blank-agent";
import { type EncodedAgent, shownActivity } from "@/contracts/wire/board-codec";
import { type BoardAlert, withPatch } from "@/contracts/wire/board-fold";
import type { Change, NewsPatch, Notice } from "@/contracts/wire/browser";
import { newsTopics } from "@/contracts/wire/browser";

/** An agent in memory: facts replace `agent`, beats only write the numbers and what it does. */
export type PictureAgent = EncodedAgent;

/** The fleet of one account as facts and beats have drawn it. `nextIx` only grows, so an `ix` is never reused. */
export type Picture = {
  agents: Map<string, PictureAgent>;
  commands: Map<string, Command>;
  alerts: Map<string, BoardAlert>;
  notices: Map<string, Notice>;
  nextIx: number;
};

export const emptyPicture = (): Picture => ({
  agents: new Map(),
  commands: new Map(),
  alerts: new Map(),
  notices: new Map(),
  nextIx: 0,
});

/** Which alerts fire by a reading of the database, and which of them nobody is told of. */
export type MutedAlerts = { firing: ReadonlySet<string>; muted: ReadonlySet<string> };

/**
 * Marks which alerts are muted, so many at most. Answers what watchers must be told. What fires here and not by the
 * reading has just ended, or just begun: it stays as it is.
 */
export function applyMuted(picture: Picture, { firing, muted }: MutedAlerts, most: number): Change[] {
  const changes: Change[] = [];
  for (const alert of picture.alerts.values()) {
    if (changes.length === most) break;
    const { id, state } = alert;
    const isMuted = muted.has(id);
    if (state !== "firing" || !firing.has(id) || isMuted === (alert.muted ?? false)) continue;
    picture.alerts.set(id, { ...alert, muted: isMuted });
    changes.push({ kind: "alert", id, patch: { muted: isMuted }, factSeq: 0 });
  }
  return changes;
}

/** How long what has ended stays on the board, so that everybody sees how it ended. */
export const endedShownMs = 2 * 60_000;
/** Of a batch that goes on; one may wait for days for an agent that is off, and each snapshot carries what is kept. */
export const batchShownMs = 3_600_000;
/** How long the board says that monitoring was blind. */
export const noticeShownMs = 24 * 3_600_000;

/** Puts an agent in, or back, with the next place in the dictionary. */
export function placeAgent(picture: Picture, agent: Agent): PictureAgent {
  const placed: PictureAgent = {
    ix: picture.nextIx++,
    agent,
    sinceMs: Date.parse(agent.statusSince),
    beatAt: agent.lastBeatAt === null ? null : Date.parse(agent.lastBeatAt),
    cpuPercent: agent.metrics.cpuPercent,
    memoryBytes: agent.metrics.memoryBytes,
    transitMs: null,
  };
  picture.agents.set(agent.id, placed);
  return placed;
}

/** Folds one fact in. Answers what watchers must be told; null when the board does not show such things. */
export function applyFact(picture: Picture, fact: Fact): Change | null {
  const patch = fact.after ?? fact.data;
  if (fact.kind === "monitoring.was_blind") return patch ? applyNotice(picture, fact, patch) : null;
  if (!fact.target) return null;
  const { kind, id } = fact.target;
  if (kind === "agent") return applyAgentFact(picture, fact, id);
  if ((kind !== "command" && kind !== "alert") || !fact.after) return newsOf(fact, kind, id);
  const items: Map<string, object> = kind === "command" ? picture.commands : picture.alerts;
  const before = items.get(id);
  // A patch of something that ended too long ago to be shown.
  if (!before && !(kind === "alert" ? fact.kind === "alert.fired" : "id" in fact.after))
    return newsOf(fact, kind, id);
  items.set(id, { ...before, ...fact.after });
  return { kind, id, patch: fact.after, factSeq: fact.seq };
}

/** Of what the board does not carry, watchers only hear that it happened; whoever shows it reads it again. */
function newsOf(fact: Fact, kind: string, id: string): Change | null {
  const topic = newsTopics.find((known) => known === kind);
  if (!topic) return null;
  const channelKind = fact.data?.channelKind;
  const patch: NewsPatch = {
    topic,
    fact: fact.kind,
    ...(typeof channelKind === "string" ? { channelKind } : {}),
  };
  return { kind: "news", id, patch, factSeq: fact.seq };
}

function applyNotice(picture: Picture, fact: Fact, said: Record<string, unknown>): Change {
  const text = (name: string) => (typeof said[name] === "string" ? said[name] : "");
  const notice: Notice = {
    id: text("id") || `blind_${fact.seq}`,
    kind: "blind",
    from: text("from"),
    to: text("to"),
    text: text("text"),
  };
  picture.notices.set(notice.id, notice);
  return { kind: "notice", id: notice.id, patch: notice, factSeq: fact.seq };
}

function applyAgentFact(picture: Picture, fact: Fact, id: string): Change | null {
  if (fact.kind === "agent.removed") {
    const ix = picture.agents.get(id)?.ix;
    picture.agents.delete(id);
    return ix === undefined ? null : { kind: "agent", id, ix, removed: true, patch: {}, factSeq: fact.seq };
  }
  if (!fact.after) return null;
  const known = picture.agents.get(id);
  if (!known && fact.kind !== "agent.added") return null;
  const entry = known ?? placeAgent(picture, { ...blankAgent, id });
  const before = entry.agent;
  entry.agent = withPatch(before, fact.after);
  entry.sinceMs = Date.parse(entry.agent.statusSince);
  entry.beatAt = latest(entry.beatAt, entry.agent.lastBeatAt);
  const patch = { ...fact.after };
  // A beat that is newer than the fact knows better what the agent does.
  if ("activity" in patch && entry.beatAt !== null && entry.beatAt > Date.parse(fact.at)) {
    entry.agent.activity = shownActivity(entry.agent.status, before.activity ?? entry.agent.activity);
    patch.activity = entry.agent.activity;
  }
  return { kind: "agent", id, patch, factSeq: fact.seq, ...(known ? {} : { ix: entry.ix }) };
}

function latest(ms: number | null, iso: string | null): number | null {
  if (iso === null) return ms;
  return Math.max(ms ?? 0, Date.parse(iso));
}

/**
 * Folds one beat in; null when the agent is unknown here or a newer beat is known. One that lies in our future is not
 * newer: then the server's clock was set back. `task` tells a new task line.
 */
export function applyBeat(
  picture: Picture,
  beat: BeatSignal,
  nowMs: number,
): { entry: PictureAgent; task: boolean } | null {
  const entry = picture.agents.get(beat.agentId);
  if (!entry) return null;
  if (entry.beatAt !== null && beat.receivedAt < entry.beatAt && entry.beatAt <= nowMs) return null;
  const task = entry.agent.task !== beat.task;
  entry.beatAt = beat.receivedAt;
  entry.cpuPercent = beat.cpuPercent;
  entry.memoryBytes = beat.memoryBytes;
  entry.transitMs = beat.transitMs;
  // Only what is new replaces what is there: an equal text that stays for a second is one more for the collector to copy.
  const activity = shownActivity(entry.agent.status, beat.activity);
  if (entry.agent.activity !== activity) entry.agent.activity = activity;
  if (task) entry.agent.task = beat.task;
  return { entry, task };
}

/** Takes off what ended long enough ago; watchers are told, so that their boards stay equal to this one. */
export function pruneEnded(picture: Picture, nowMs: number): Change[] {
  const gone: Change[] = [];
  const drop = (kind: "command" | "alert" | "notice", items: Map<string, unknown>, id: string) => {
    items.delete(id);
    gone.push({ kind, id, removed: true, patch: {}, factSeq: 0 });
  };
  const old = (iso: string | null, shownMs: number) => iso !== null && nowMs - Date.parse(iso) > shownMs;
  const isShown = ({ state, finishedAt }: Command) =>
    openCommandStates.includes(state) || !old(finishedAt, endedShownMs);
  const commands = [...picture.commands.values()];
  // A batch stays whole until its last one is old: of a part of it nobody could tell how it went.
  const shown = new Set(commands.filter(isShown).map(({ batchId }) => batchId));
  for (const { id, batchId, finishedAt } of commands)
    if (!shown.has(batchId) || old(finishedAt, batchShownMs)) drop("command", picture.commands, id);
  for (const { id, state, resolvedAt } of picture.alerts.values()) {
    if (state === "resolved" && old(resolvedAt, endedShownMs)) drop("alert", picture.alerts, id);
  }
  for (const { id, to } of picture.notices.values()) {
    if (old(to || null, noticeShownMs)) drop("notice", picture.notices, id);
  }
  return gone;
}
