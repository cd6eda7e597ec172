import type { Agent } from "@/contracts/fleet/agent";
import type { Command } from "@/contracts/fleet/command";
import { blankAgent } from "@/contracts/wire/blank-agent";
import type { BoardAlert } from "@/contracts/wire/board-fold";
import { withBeat, withPatch } from "@/contracts/wire/board-fold";
import type { BeatTuple, Change, Frame, NewsPatch, Notice } from "@/contracts/wire/browser";
import type { BoardPicture } from "./picture";

/** What a frame touched, so that only those who show it are drawn again. */
export class Touched {
  readonly agents = new Set<string>();
  /** Statuses, names, groups or tags changed, or agents came or went: lists and counts must be made anew. */
  order = false;
  /** Agents went from working to idle or back: counts change, the order of rows does not. */
  activity = false;
  commands = false;
  alerts = false;
  notices = false;
  /** What happened to things that the board does not carry. */
  readonly news: NewsPatch[] = [];
}

/** Folds one frame over the picture. Facts first: they may bring the agents that the beats are about. */
export function foldFrame(picture: BoardPicture, frame: Frame, touched: Touched): void {
  for (const change of frame.c ?? []) foldChange(picture, change, touched);
  for (const beat of frame.b ?? []) foldBeat(picture, frame.t, beat, touched);
  for (const [ix, task] of frame.k ?? []) {
    const agent = agentAt(picture, ix);
    if (!agent) continue;
    picture.putAgent({ ...agent, task });
    touched.agents.add(agent.id);
  }
}

function agentAt(picture: BoardPicture, ix: number): Agent | undefined {
  const id = picture.idOfIx.get(ix);
  return id === undefined ? undefined : picture.agents.get(id);
}

function foldBeat(picture: BoardPicture, frameMs: number, beat: BeatTuple, touched: Touched): void {
  const agent = agentAt(picture, beat[0]);
  if (!agent) return;
  const next = withBeat({ ix: beat[0], agent, transitMs: null }, beat, frameMs).agent;
  if (next.activity !== agent.activity) {
    if (isFine(next.activity) && isFine(agent.activity)) touched.activity = true;
    else touched.order = true;
  }
  picture.putAgent(next);
  const beatMs = frameMs - Math.max(0, beat[1]);
  picture.traceOf(agent.id).add(beatMs, next.metrics.cpuPercent);
  touched.agents.add(agent.id);
}

function isFine(activity: Agent["activity"]): boolean {
  return activity === "working" || activity === "idle";
}

function foldChange(picture: BoardPicture, change: Change, touched: Touched): void {
  if (change.kind === "agent") foldAgent(picture, change, touched);
  else if (change.kind === "command") foldCommand(picture, change, touched);
  else if (change.kind === "alert") foldAlert(picture, change, touched);
  else if (change.kind === "notice") foldNotice(picture, change, touched);
  else touched.news.push(change.patch as NewsPatch);
}

function foldAgent(picture: BoardPicture, change: Change, touched: Touched): void {
  touched.agents.add(change.id);
  touched.order = true;
  if (change.removed) {
    picture.removeAgent(change.id);
    return;
  }
  const before = picture.agents.get(change.id);
  // A patch of an agent that never came whole cannot be shown; the next snapshot brings it.
  if (!before && change.ix === undefined) return;
  picture.putAgent(withPatch(before ?? { ...blankAgent, id: change.id }, change.patch), change.ix);
}

function foldCommand(picture: BoardPicture, change: Change, touched: Touched): void {
  const before = picture.commands.get(change.id);
  if (!before && !("agentId" in change.patch)) return;
  const command = { ...before, ...change.patch, id: change.id } as Command;
  picture.putCommand(command);
  touched.commands = true;
  touched.agents.add(command.agentId);
}

function foldAlert(picture: BoardPicture, change: Change, touched: Touched): void {
  const before = picture.alerts.get(change.id);
  if (change.removed || (!before && !("subject" in change.patch))) return;
  const alert = { ...before, ...change.patch, id: change.id } as BoardAlert;
  picture.putAlert(alert);
  touched.alerts = true;
  if (alert.agentId) touched.agents.add(alert.agentId);
}

function foldNotice(picture: BoardPicture, change: Change, touched: Touched): void {
  const others = picture.notices.filter(({ id }) => id !== change.id);
  const before = picture.notices.find(({ id }) => id === change.id);
  const notice = { kind: "blind", ...before, ...change.patch, id: change.id } as Notice;
  picture.notices = change.removed ? others : [...others, notice];
  touched.notices = true;
}
