"use client";

import { Bytes, Percent } from "../../format/measure";
import { RelativeTime } from "../../format/time";
import { useAgentField, useCpuTrace } from "../../live/hooks";
import { cn } from "../../primitives/class-names";
import { LiveValue } from "../../status/live-value";
import { Sparkline } from "../../status/sparkline";

/** Statuses in which the last numbers are history, not now. */
const silent = new Set(["offline", "stopped", "unknown", "never-connected"]);
/** From here on a CPU line is drawn hot; rules with thresholds of their own come with their issue. */
const hotCpuPercent = 85;

/** Age of the last beat: no glow, it changes all the time. */
export function BeatCell({ id }: { id: string }) {
  const at = useAgentField(id, (agent) => agent.lastBeatAt);
  const offline = useAgentField(id, (agent) => agent.status === "offline");
  return <RelativeTime at={at ?? null} className={cn(offline && "font-strong text-status-offline")} />;
}

export function CpuCell({ id }: { id: string }) {
  const percent = useAgentField(id, (agent) => (silent.has(agent.status) ? null : agent.metrics.cpuPercent));
  const trace = useCpuTrace(id);
  const shown = percent === undefined || percent === null ? null : Math.round(percent);
  return (
    <span className="flex items-center gap-1.5">
      {shown === null ? null : <Sparkline values={trace} max={100} threshold={hotCpuPercent} />}
      <span className="ml-auto">
        <LiveValue value={shown}>
          <Percent percent={shown} />
        </LiveValue>
      </span>
    </span>
  );
}

export function MemoryCell({ id }: { id: string }) {
  const bytes = useAgentField(id, (agent) => (silent.has(agent.status) ? null : agent.metrics.memoryBytes));
  // Glows by what is shown, not by every KiB below it.
  const shown = bytes ? Number(bytes.toPrecision(2)) : (bytes ?? null);
  return (
    <LiveValue value={shown}>
      <Bytes bytes={bytes ?? null} />
    </LiveValue>
  );
}
