"use client";

import type { Command } from "@/contracts/fleet/command";
import { toMs } from "../../format/instant";
import { useNow } from "../../format/ticker";
import { useLiveCommands } from "../../live/hooks";
import { isOpen } from "./last-word";

/** How long an ended command is told to whoever opens a dialog: for so long every browser knows of it by the board. */
const recentMs = 2 * 60_000;

/** Commands under way on these agents: whatever else is asked of them is refused. */
export function useOpenCommandsOn(agentIds: readonly string[]): readonly Command[] {
  const commands = useLiveCommands();
  const ids = new Set(agentIds);
  return commands.filter((command) => ids.has(command.agentId) && isOpen(command));
}

/**
 * The command that matters to whoever is about to act on this agent: the one under way, else the last that ended a
 * moment ago or, with `meanwhile`, while they were looking.
 */
export function useCommandOn(agentId: string, meanwhile: readonly Command[]): Command | undefined {
  const commands = useLiveCommands().filter((command) => command.agentId === agentId);
  const nowMs = useNow();
  const open = commands.find(isOpen);
  if (open) return open;
  const ended = commands.flatMap(({ id, finishedAt }) => (finishedAt ? { id, endMs: toMs(finishedAt) } : []));
  const last = ended.reduce((one, other) => (other.endMs > one.endMs ? other : one), { id: "", endMs: 0 });
  const known = commands.find(({ id }) => id === last.id);
  const told = last.endMs > nowMs - recentMs || meanwhile.some(({ id }) => id === last.id);
  return told ? known : undefined;
}
