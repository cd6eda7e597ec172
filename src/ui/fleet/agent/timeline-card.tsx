"use client";

import { Activity, KeyRound, Terminal } from "lucide-react";
import { useEffect } from "react";
import type { TimelineItem } from "@/contracts/fleet/agent";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { calendarDate, clockTime, exactTime } from "../../format/exact-time";
import { toMs } from "../../format/instant";
import { useNow } from "../../format/ticker";
import { useAgentField, useOpenCommand } from "../../live/hooks";
import { Card, CardBody, CardHeader } from "../../primitives/card";
import { StatusShape } from "../../status/shapes";
import { type StatusKey, statusLook } from "../../status/status-words";

/** Which status a fact leads to, for its shape. */
const statusOfFact: Readonly<Record<string, StatusKey>> = {
  "agent.came_online": "idle",
  "agent.connected": "idle",
  "agent.went_offline": "offline",
  "agent.crashed": "offline",
  "agent.got_stuck": "stuck",
  "agent.got_unstuck": "working",
  "agent.stopped": "stopped",
  "agent.lost_sight_of": "unknown",
  "agent.began_change": "restarting",
  "agent.ended_change": "idle",
};

function Mark({ item }: { item: TimelineItem }) {
  const status = statusOfFact[item.kind];
  if (status) {
    const look = statusLook(status);
    return (
      <span data-tone={look.tone} className="text-tone">
        <StatusShape shape={look.shape} size="xs" className="animate-none" />
      </span>
    );
  }
  const Icon = item.kind.startsWith("command.") ? Terminal : item.kind.includes("key") ? KeyRound : Activity;
  return <Icon aria-hidden="true" className="size-3.5 text-faint-foreground" />;
}

function when(at: string, nowMs: number): string {
  return nowMs - toMs(at) < 20 * 3_600_000 ? clockTime(at) : calendarDate(at).replace(/ \d{4}$/, "");
}

const shownItems = 20;
const askEveryMs = 10_000;

/** What happened to the agent and what it reported, newest first. */
export function TimelineCard({ agentId }: { agentId: string }) {
  const nowMs = useNow();
  // What the agent reports, and facts that change no field of it (a crash, a key), come over no socket.
  const { data, refetch } = trpc.agents.timeline.useQuery(
    { id: agentId, limit: shownItems },
    { refetchInterval: askEveryMs },
  );
  // The other facts do; the list is read again when one of them changed something here.
  const since = useAgentField(agentId, (agent) => `${agent.status} ${agent.statusSince} ${agent.sessionId}`);
  const commandState = useOpenCommand(agentId)?.state;
  const news = `${since} ${commandState}`;
  const readAgain = useCalmly(() => void refetch());
  useEffect(() => {
    if (news) readAgain();
  }, [news, readAgain]);
  const items = data?.items ?? [];
  return (
    <Card>
      <CardHeader title="Timeline" aside="Facts, newest first" />
      <CardBody>
        {data && items.length === 0 ? (
          <p className="text-muted-foreground text-xs">Nothing happened yet.</p>
        ) : null}
        <ol className="text-xs leading-[18px]">
          {items.map((item) => (
            <li
              key={item.id}
              className="relative flex gap-2.5 py-1.5 not-last:before:absolute not-last:before:top-[26px] not-last:before:-bottom-1.5 not-last:before:left-[8.5px] not-last:before:w-px not-last:before:bg-border"
            >
              <span className="grid size-[18px] shrink-0 place-items-center">
                <Mark item={item} />
              </span>
              <span className="min-w-0 flex-1">
                <span className="font-medium">{item.title}</span>
                {item.actor ? <span className="text-muted-foreground"> · {item.actor}</span> : null}
                {item.detail ? (
                  <span className="block break-words text-muted-foreground">{item.detail}</span>
                ) : null}
              </span>
              <time
                dateTime={item.at}
                title={exactTime(item.at)}
                className="num shrink-0 text-muted-foreground"
              >
                {when(item.at, nowMs)}
              </time>
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}
