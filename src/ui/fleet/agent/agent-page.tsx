"use client";

import Link from "next/link";
import { type ReactNode, useMemo } from "react";
import { useAgent } from "../../live/hooks";
import { Button } from "../../primitives/button";
import { EmptyState } from "../../primitives/empty-state";
import { Skeleton } from "../../primitives/skeleton";
import { ShellPage } from "../../shell/shell-page";
import { filterToAddress, noFilter } from "../board/filter";
import { KeysCard } from "../keys/keys-card";
import { AgentActions } from "./agent-actions";
import { AgentAlerts } from "./agent-alerts";
import { AgentBanners } from "./agent-banners";
import { AgentHeader } from "./agent-header";
import { LogCard } from "./log-card";
import { MetricCharts } from "./metric-charts";
import { AgentCommandsCard, WhyCard } from "./side-cards";
import { TimelineCard } from "./timeline-card";
import { UptimeCard } from "./uptime-card";
import { useWholeAgent } from "./use-whole-agent";

/** Everything about one agent: how it stands and why, its day, its numbers, its words, its history. */
export function AgentPage({ id }: { id: string }) {
  const state = useWholeAgent(id);
  const agent = "agent" in state ? state.agent : null;
  const name = agent?.name;
  const group = agent?.group ?? null;
  const crumbs = useMemo(
    () => [
      { label: "Board", href: "/" },
      ...(group ? [{ label: group, href: `/${filterToAddress({ ...noFilter, groups: [group] })}` }] : []),
      { label: name ?? "…" },
    ],
    [group, name],
  );
  // Stable while the agent beats: the shell is drawn anew by each new bar.
  const phoneBar = useMemo(() => <PhoneBar id={id} />, [id]);
  if ("missing" in state) return <Missing title="This agent is not here">{state.missing}</Missing>;
  if ("gone" in state)
    return (
      <Missing title={`${state.gone} was removed`}>
        Somebody took it out of the fleet while this page was open, so nothing can be asked of it any more.
        Who did it is not known here; an admin finds it in the audit.
      </Missing>
    );
  return (
    <>
      <ShellPage title="Agent" crumbs={crumbs} phoneBar={phoneBar} />
      <AgentAlerts agentId={id} />
      <AgentBanners agentId={id} />
      {agent ? (
        <>
          <AgentHeader agent={agent} />
          <div className="min-h-0 flex-1 overflow-y-auto">
            <div className="grid gap-4 px-5 py-4 max-md:px-3 lg:grid-cols-[minmax(0,1fr)_320px]">
              <div className="flex min-w-0 flex-col gap-4">
                <UptimeCard agentId={id} />
                <MetricCharts agent={agent} />
                <LogCard agentId={id} className="h-[clamp(320px,52vh,720px)]" />
              </div>
              <div className="flex min-w-0 flex-col gap-4">
                <WhyCard agent={agent} />
                <AgentCommandsCard agentId={id} />
                <TimelineCard agentId={id} />
                <KeysCard agentId={id} />
              </div>
            </div>
          </div>
        </>
      ) : (
        <AgentSkeleton />
      )}
    </>
  );
}

function PhoneBar({ id }: { id: string }) {
  const agent = useAgent(id);
  return agent ? <AgentActions agent={agent} phone /> : null;
}

function Missing({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <ShellPage title="Agent" />
      <EmptyState
        title={title}
        actions={
          <Button asChild>
            <Link href="/">Back to the board</Link>
          </Button>
        }
      >
        {children}
      </EmptyState>
    </>
  );
}

function AgentSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-4 px-5 py-4">
      <Skeleton className="h-6 w-48" />
      <Skeleton className="h-4 w-96" />
      <Skeleton className="h-20 w-full rounded-lg" />
      <Skeleton className="h-40 w-full rounded-lg" />
      <Skeleton className="h-80 w-full rounded-lg" />
    </div>
  );
}
