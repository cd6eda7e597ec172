"use client";

import Link from "next/link";
import type { Agent } from "@/contracts/fleet/agent";
import type { CommandState } from "@/contracts/fleet/command";
import { trpc } from "../../api/trpc";
import { useNow } from "../../format/ticker";
import { RelativeTime } from "../../format/time";
import { useLiveCommands } from "../../live/hooks";
import { Card, CardBody, CardHeader } from "../../primitives/card";
import { DefinitionList } from "../../primitives/definition-list";
import { CommandStateBadge } from "../../status/command-steps";
import { statusKey, statusLook } from "../../status/status-words";
import { commandTitle } from "../action/action-words";
import { useActions } from "../action/actions-context";
import { evidenceRows } from "../board/evidence-of";
import { claimSentence } from "../board/status-sentence";
import { useOutdated } from "../commands/use-stored-commands";

/** Why the badge says what it says. */
export function WhyCard({ agent }: { agent: Agent }) {
  const nowMs = useNow();
  const word = statusLook(statusKey(agent.status, agent.activity)).word.replace("…", "").toLowerCase();
  return (
    <Card>
      <CardHeader title={`Why ${word}`} />
      <CardBody>
        <p className="num mb-2 font-medium text-xs">{claimSentence(agent, nowMs)}</p>
        <DefinitionList rows={evidenceRows(agent)} />
      </CardBody>
    </Card>
  );
}

const shownCommands = 6;
/** Ends after which somebody must know why it was not done. */
const undone: ReadonlySet<CommandState> = new Set(["expired", "failed"]);

/** What people asked of this agent, newest first; live ones move by themselves. */
export function AgentCommandsCard({ agentId }: { agentId: string }) {
  const actions = useActions();
  const live = useLiveCommands().filter((command) => command.agentId === agentId);
  const { data, refetch } = trpc.commands.list.useQuery({ agentId, limit: shownCommands });
  useOutdated(data?.items ?? [], () => void refetch());
  const known = new Set(live.map(({ id }) => id));
  const commands = [...live, ...(data?.items ?? []).filter(({ id }) => !known.has(id))].slice(
    0,
    shownCommands,
  );
  return (
    <Card>
      <CardHeader
        title="Commands"
        aside={
          <Link prefetch={false} href="/commands" className="hover:underline">
            All commands
          </Link>
        }
      />
      <CardBody>
        {commands.length === 0 ? (
          <p className="text-muted-foreground text-xs">Nobody asked anything of it yet.</p>
        ) : (
          <ol className="grid gap-2 text-xs">
            {commands.map((command) => (
              <li key={command.id} className="grid grid-cols-[1fr_auto] gap-x-3">
                {known.has(command.id) ? (
                  <button
                    type="button"
                    onClick={() => actions.show(command.batchId)}
                    className="cut text-left font-medium hover:underline"
                  >
                    {commandTitle(command)}
                  </button>
                ) : (
                  <span className="cut font-medium">{commandTitle(command)}</span>
                )}
                <CommandStateBadge state={command.state} />
                <span className="cut text-muted-foreground" title={command.reason}>
                  “{command.reason}”
                </span>
                <span className="text-right text-muted-foreground">
                  <RelativeTime at={command.requestedAt} suffix="ago" />
                </span>
                {undone.has(command.state) && command.message ? (
                  <span className="col-span-2 mt-0.5 text-pretty">{command.message}</span>
                ) : null}
              </li>
            ))}
          </ol>
        )}
      </CardBody>
    </Card>
  );
}
