"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { useRoleOffBecause } from "../../api/session";
import { useOffBecause } from "../../live/hooks";
import { useLive } from "../../live/live-context";
import type { CommandAction } from "../../shell/shell-types";
import { StatusShape } from "../../status/shapes";
import { statusKey, statusLook } from "../../status/status-words";
import { ActionIcon } from "../action/action-icon";
import { useActions } from "../action/actions-context";
import { orderRows } from "../board/order";

/** More than this, and the menu is slower than the search field. */
const most = 300;

/** For Ctrl K: open any agent, restart any agent; made when the menu opens. */
export function useAgentActions(): () => readonly CommandAction[] {
  const { store } = useLive();
  const router = useRouter();
  const actions = useActions();
  const disconnected = useOffBecause();
  const role = useRoleOffBecause();
  const offBecause = disconnected ?? role;
  return useCallback(() => {
    const { agents } = store.picture;
    const worst = orderRows([...agents.values()]).slice(0, most);
    const known = worst.flatMap((id) => agents.get(id) ?? []);
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
  }, [store, router, actions, offBecause]);
}
