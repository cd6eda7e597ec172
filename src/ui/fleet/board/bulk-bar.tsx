"use client";

import type { Agent } from "@/contracts/fleet/agent";
import type { CommandKind } from "@/contracts/fleet/command";
import { useRoleOffBecause } from "../../api/session";
import { formatCount } from "../../format/quantity";
import { useOffBecause } from "../../live/hooks";
import { useAgents } from "../../live/use-agents";
import { Button } from "../../primitives/button";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { Kbd } from "../../primitives/kbd";
import { Separator } from "../../primitives/separator";
import { ActionIcon } from "../action/action-icon";
import { useActions } from "../action/actions-context";
import type { Selection } from "./use-selection";

/** Why this cannot be done to all of them; undefined when it can. */
export function offFor(
  kind: CommandKind,
  agents: readonly Pick<Agent, "status" | "name">[],
): string | undefined {
  const wrong = agents.filter(({ status }) => {
    if (status === "never-connected") return true;
    if (kind === "pause") return status === "paused";
    if (kind === "resume") return status !== "paused";
    return false;
  });
  const [first] = wrong;
  if (!first) return undefined;
  const whom = wrong.length === 1 ? `${first.name} is` : `${formatCount(wrong.length)} of them are`;
  if (first.status === "never-connected") return `${whom} not connected yet.`;
  return kind === "pause" ? `${whom} paused already.` : `${whom} not paused.`;
}

/** What can be done to the chosen rows. It floats at the foot and never pushes the table. */
export function BulkBar({ selection }: { selection: Selection }) {
  const actions = useActions();
  const disconnected = useOffBecause();
  const role = useRoleOffBecause();
  const agents = useAgents().filter(({ id }) => selection.ids.has(id));
  if (agents.length === 0) return null;
  const paused = agents.every(({ status }) => status === "paused");
  const act = (kind: CommandKind) => () =>
    actions.open(
      kind,
      agents.map(({ id }) => id),
    );
  const button = (
    kind: CommandKind,
    label: string,
    variant: "primary" | "ghost" | "destructive" = "ghost",
  ) => {
    const offBecause = disconnected ?? role ?? offFor(kind, agents);
    return (
      <ButtonWithReason
        variant={variant === "destructive" ? "ghost" : variant}
        className={variant === "destructive" ? "text-destructive [&_svg]:text-destructive" : ""}
        onClick={act(kind)}
        {...(offBecause ? { offBecause } : {})}
      >
        <ActionIcon kind={kind} />
        {label}
      </ButtonWithReason>
    );
  };
  return (
    <div
      role="toolbar"
      aria-label="Actions on the selected agents"
      className="absolute bottom-4 left-1/2 z-20 flex max-w-[calc(100%-24px)] -translate-x-1/2 items-center gap-1.5 overflow-x-auto rounded-lg border border-border-strong bg-popover p-2 pl-3.5 shadow-pop"
    >
      <span className="num shrink-0 font-strong" role="status">
        {formatCount(agents.length)} selected
      </span>
      <Separator orientation="vertical" className="mx-2" />
      {button("restart", "Restart…", "primary")}
      {paused ? button("resume", "Resume…") : button("pause", "Pause…")}
      {button("health-check", "Check health…")}
      <Separator orientation="vertical" className="mx-2" />
      {button("kill", "Kill…", "destructive")}
      <Separator orientation="vertical" className="mx-2" />
      <Button variant="ghost" className="text-muted-foreground" onClick={selection.clear}>
        Clear <Kbd>Esc</Kbd>
      </Button>
    </div>
  );
}
