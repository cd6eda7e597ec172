"use client";

import type { Agent } from "@/contracts/fleet/agent";
import type { CommandKind } from "@/contracts/fleet/command";
import { useRoleOffBecause } from "../../api/session";
import { useOffBecause } from "../../live/hooks";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { ActionIcon } from "../action/action-icon";
import { useActions } from "../action/actions-context";
import { offFor } from "../board/bulk-bar";

/** What can be done to this agent; the same buttons in the head and, on a phone, at the foot. */
export function AgentActions({ agent, phone = false }: { agent: Agent; phone?: boolean }) {
  const actions = useActions();
  const disconnected = useOffBecause();
  const role = useRoleOffBecause();
  const button = (
    kind: CommandKind,
    label: string,
    variant: "primary" | "outline" | "destructive-outline" = "outline",
  ) => {
    const offBecause = disconnected ?? role ?? offFor(kind, [agent]);
    return (
      <ButtonWithReason
        variant={variant}
        size={phone ? "touch" : "default"}
        onClick={() => actions.open(kind, [agent.id])}
        {...(offBecause ? { offBecause } : {})}
      >
        <ActionIcon kind={kind} />
        {label}
      </ButtonWithReason>
    );
  };
  const rest = agent.status === "paused" ? button("resume", "Resume…") : button("pause", "Pause…");
  if (phone) {
    return (
      <div className="grid grid-cols-[1.4fr_1fr_1fr] gap-2">
        {button("restart", "Restart…", "primary")}
        {rest}
        {button("kill", "Kill…", "destructive-outline")}
      </div>
    );
  }
  return (
    <div className="flex shrink-0 flex-wrap gap-3">
      {button("health-check", "Check health…")}
      {rest}
      {button("kill", "Kill…", "destructive-outline")}
      {button("restart", "Restart…", "primary")}
    </div>
  );
}
