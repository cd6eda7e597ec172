"use client";

import type { AgentStatus } from "@/contracts/fleet/status";
import { trpc } from "../../api/trpc";
import { shortClockTime } from "../../format/exact-time";
import { Percent } from "../../format/measure";
import { Card } from "../../primitives/card";
import { UptimeExplorer } from "../../status/uptime-explorer";
import type { SliceState, UptimeSlice } from "../../status/uptime-slices";

const states: Record<AgentStatus, SliceState> = {
  online: "up",
  paused: "up",
  restarting: "transition",
  stopping: "transition",
  updating: "transition",
  offline: "offline",
  stopped: "unknown",
  unknown: "unknown",
  "never-connected": "absent",
};

const words: Record<SliceState, string> = {
  up: "up",
  transition: "changing",
  waiting: "waiting",
  stuck: "stuck",
  offline: "offline",
  unknown: "stopped or not known",
  absent: "not there yet",
};

/** One slice of the strip with its words: "13:15 to 13:30 · offline". */
export function sliceOf(slice: {
  from: string;
  to: string;
  status: AgentStatus | null;
  stuck: boolean;
}): UptimeSlice {
  const state =
    slice.status === null
      ? "absent"
      : slice.stuck && slice.status === "online"
        ? "stuck"
        : states[slice.status];
  return { state, label: `${shortClockTime(slice.from)} to ${shortClockTime(slice.to)} · ${words[state]}` };
}

/** The last day as a strip: the worst of each quarter of an hour. */
export function UptimeCard({ agentId }: { agentId: string }) {
  const { data } = trpc.agents.uptime.useQuery({ id: agentId }, { refetchInterval: 60_000 });
  const slices = (data?.slices ?? []).map(sliceOf);
  const first = data?.slices[0];
  return (
    <Card className="px-4 pt-3 pb-2.5">
      <div className="grid grid-cols-[44px_minmax(0,1fr)_56px] items-center gap-x-2.5 gap-y-px max-md:grid-cols-[1fr_auto]">
        <h2 className="text-sm">24 h</h2>
        <div className="h-[18px] min-w-0 max-md:order-last max-md:col-span-2">
          {slices.length > 0 ? (
            <UptimeExplorer name="Last 24 h" slices={slices} barWidth={4} gap={1.9} height={18} />
          ) : null}
        </div>
        <Percent percent={data?.upPercent} digits={1} className="text-right font-strong" />
        <div className="col-start-2 flex justify-between text-2xs text-muted-foreground max-md:order-last max-md:col-span-2 max-md:col-start-1">
          <span>{first ? `Yesterday ${shortClockTime(first.from)}` : " "}</span>
          <span>now</span>
        </div>
      </div>
    </Card>
  );
}
