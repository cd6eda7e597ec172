import type { Agent } from "@/contracts/fleet/agent";
import type { Command } from "@/contracts/fleet/command";
import type { Alert } from "@/contracts/watch/alert";
import { blankAgent } from "./blank-agent";
import { type BoardAgent, decodeAgents, measured, shownActivity } from "./board-codec";
import type { BeatTuple, Change, Frame, Notice, Snapshot } from "./browser";
import { activityCodes } from "./console-words";

/**
 * An alert as the board carries it: whole. `muted`: nobody is told of it now, since another one speaks for it, a silence
 * keeps it quiet, or somebody snoozed it; said some seconds after that begins or ends.
 */
export type BoardAlert = Alert & { muted?: boolean };

/** The board as a browser keeps it: a snapshot and every frame since. Entries are replaced, never changed. */
export type Board = {
  epoch: string;
  seq: number;
  t: number;
  agents: Map<number, BoardAgent>;
  ixOf: Map<string, number>;
  commands: Map<string, Command>;
  alerts: Map<string, BoardAlert>;
  notices: Map<string, Notice>;
};

const byId = <Item extends { id: string }>(items: readonly unknown[]) =>
  new Map((items as readonly Item[]).map((item) => [item.id, item]));

/** Opens a snapshot. The server made it, so its objects are taken as their contracts say. */
export function decodeSnapshot(snapshot: Snapshot): Board {
  const entries = decodeAgents(snapshot);
  return {
    epoch: snapshot.epoch,
    seq: snapshot.seq,
    t: snapshot.t,
    agents: new Map(entries.map((entry) => [entry.ix, entry])),
    ixOf: new Map(entries.map((entry) => [entry.agent.id, entry.ix])),
    commands: byId<Command>(snapshot.commands),
    alerts: byId<BoardAlert>(snapshot.alerts),
    notices: byId<Notice>(snapshot.notices),
  };
}

/** What a frame did: whose rows changed, and whether anything but beats happened. */
export type Applied = { touched: Set<number>; durable: boolean };

/**
 * Folds one frame into the board, in place. Answers null when the frame does not follow (`s` must be `seq + 1`): a
 * frame was lost and the board must be fetched anew. A frame that is already in the board changes nothing.
 */
export function applyFrame(board: Board, frame: Frame): Applied | null {
  const applied: Applied = { touched: new Set(), durable: false };
  if (frame.s <= board.seq) return applied;
  if (frame.s !== board.seq + 1) return null;
  board.seq = frame.s;
  board.t = frame.t;
  for (const change of frame.c ?? []) applyChange(board, change, applied);
  for (const beat of frame.b ?? []) {
    const entry = board.agents.get(beat[0]);
    if (entry) board.agents.set(entry.ix, withBeat(entry, beat, frame.t));
    applied.touched.add(beat[0]);
  }
  for (const [ix, task] of frame.k ?? []) {
    const entry = board.agents.get(ix);
    if (entry) board.agents.set(ix, { ...entry, agent: { ...entry.agent, task } });
    applied.touched.add(ix);
  }
  return applied;
}

function applyChange(board: Board, change: Change, applied: Applied): void {
  applied.durable = true;
  if (change.kind === "news") return;
  if (change.kind !== "agent") {
    const items: Map<string, object> = board[placeOf[change.kind]];
    if (change.removed) items.delete(change.id);
    else items.set(change.id, { ...items.get(change.id), ...change.patch });
    return;
  }
  const ix = change.ix ?? board.ixOf.get(change.id);
  if (ix === undefined) return;
  applied.touched.add(ix);
  if (change.removed) {
    board.agents.delete(ix);
    board.ixOf.delete(change.id);
    return;
  }
  const entry = board.agents.get(ix) ?? { ix, agent: { ...blankAgent, id: change.id }, transitMs: null };
  board.agents.set(ix, { ...entry, agent: withPatch(entry.agent, change.patch) });
  board.ixOf.set(change.id, ix);
}

const placeOf = { command: "commands", alert: "alerts", notice: "notices" } as const;

/** `entry` after a beat of a frame with clock `t`: a new object, so that a drawn row sees that it changed. */
export function withBeat(entry: BoardAgent, beat: BeatTuple, t: number): BoardAgent {
  const [ix, ageMs, activity, cpuTenths, memoryKiB, transitMs] = beat;
  const { agent } = entry;
  const lastBeatAt = ageMs < 0 ? agent.lastBeatAt : new Date(t - ageMs).toISOString();
  return {
    ix,
    transitMs: transitMs < 0 ? null : transitMs,
    agent: {
      ...agent,
      activity: shownActivity(agent.status, activityCodes[activity] ?? null),
      lastBeatAt,
      metrics: measured(cpuTenths, memoryKiB),
      evidence: { ...agent.evidence, lastBeatAt },
    },
  };
}

const agentFields = new Set(Object.keys(blankAgent));

/**
 * `agent` after a fact that patches it. Fields that are no agent's are left out; a beat that is newer than what the
 * fact knew of stays, and a status in which nobody beats shows no activity.
 */
export function withPatch(agent: Agent, patch: Record<string, unknown>): Agent {
  const known = Object.fromEntries(
    Object.entries(patch).filter(([name, value]) => agentFields.has(name) && value !== undefined),
  );
  const next: Agent = { ...agent, ...known };
  const lastBeatAt = newest(agent.lastBeatAt, newest(next.lastBeatAt, next.evidence.lastBeatAt));
  return {
    ...next,
    activity: shownActivity(next.status, next.activity),
    lastBeatAt,
    evidence: { ...agent.evidence, ...next.evidence, lastBeatAt },
  };
}

function newest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return Date.parse(one) >= Date.parse(other) ? one : other;
}
