"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import type { Agent } from "@/contracts/fleet/agent";
import { useRoleOffBecause } from "../../api/session";
import { useOffBecause } from "../../live/hooks";
import { useLive } from "../../live/live-context";
import type { CommandAction } from "../../shell/shell-types";
import { StatusShape } from "../../status/shapes";
import { statusKey, statusLook } from "../../status/status-words";
import { ActionIcon } from "../action/action-icon";
import { useActions } from "../action/actions-context";
import { firstRows } from "../board/order";

/** More than this, and the menu is slower than the search field. */
const most = 300;

/** Whether every typed word stands somewhere in what finds an agent. */
function fits(agent: Agent, typedWords: readonly string[]): boolean {
  const found = ["restart", agent.name, agent.host, agent.group, ...agent.tags].join(" ").toLowerCase();
  return typedWords.every((word) => found.includes(word));
}

/**
 * Those that fit what was typed: one of that very name, then the worst first; where they are few, the worst others too,
 * since the menu forgives typing.
 */
function agentsFor(agents: ReadonlyMap<string, Agent>, typed: string): Agent[] {
  const typedWords = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = [...agents.values()].filter((agent) => fits(agent, typedWords));
  const named = fitting.filter(({ name }) => name.toLowerCase() === typed.trim().toLowerCase());
  const ids = new Set([...named.map(({ id }) => id), ...firstRows(fitting, most - named.length)]);
  for (const id of firstRows(agents.values(), most)) if (ids.size < most) ids.add(id);
  return [...ids].flatMap((id) => agents.get(id) ?? []);
}

/** For Ctrl K: open any agent, restart any agent; the answer lists what may fit the typed text, of the whole fleet. */
export function useAgentActions(): (typed: string) => readonly CommandAction[] {
  const { store } = useLive();
  const router = useRouter();
  const actions = useActions();
  const disconnected = useOffBecause();
  const role = useRoleOffBecause();
  const offBecause = disconnected ?? role;
  return useCallback(
    (typed: string) => {
      const known = agentsFor(store.picture.agents, typed);
      const open = known.map((agent): CommandAction => {
        const look = statusLook(statusKey(agent.status, agent.activity));
        return {
          id: `open:${agent.id}`,
          label: agent.name,
          group: "Agents",
          icon: (
            <span data-tone={look.tone}>
              <StatusShape shape={look.shape} className="text-tone" />
            </span>
          ),
          aside: agent.host,
          keywords: [agent.host ?? "", agent.group ?? "", ...agent.tags],
          run: () => router.push(`/agents/${agent.id}`),
        };
      });
      const restart = known.map(
        (agent): CommandAction => ({
          id: `restart:${agent.id}`,
          label: `Restart ${agent.name}…`,
          group: "Actions",
          icon: <ActionIcon kind="restart" />,
          run: () => actions.open("restart", [agent.id]),
          ...(offBecause ? { offBecause } : {}),
        }),
      );
      return [...open, ...restart];
    },
    [store, router, actions, offBecause],
  );
}
