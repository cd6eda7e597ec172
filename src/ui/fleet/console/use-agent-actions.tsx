"use client";

import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { useRoleOffBecause } from "../../api/session";
import { useOffBecause } from "../../live/hooks";
import { useAgents } from "../../live/use-agents";
import type { CommandAction } from "../../shell/shell-types";
import { StatusShape } from "../../status/shapes";
import { statusKey, statusLook } from "../../status/status-words";
import { ActionIcon } from "../action/action-icon";
import { useActions } from "../action/actions-context";
import { orderRows } from "../board/order";

/** More than this, and the menu is slower than the search field. */
const most = 300;

/** For Ctrl K: open any agent, restart any agent. */
export function useAgentActions(): readonly CommandAction[] {
  const agents = useAgents();
  const router = useRouter();
  const actions = useActions();
  const disconnected = useOffBecause();
  const role = useRoleOffBecause();
  const offBecause = disconnected ?? role;
  return useMemo(() => {
    const byId = new Map(agents.map((agent) => [agent.id, agent]));
    const worst = orderRows(agents).slice(0, most);
    const known = worst.flatMap((id) => byId.get(id) ?? []);
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
  }, [agents, router, actions, offBecause]);
}
