"use client";

import type { Agent } from "@/contracts/fleet/agent";
import { toMs } from "../../format/instant";
import { Bytes, Percent } from "../../format/measure";
import { formatBytes, quantityText } from "../../format/quantity";
import { useLiveCommands } from "../../live/hooks";
import { Card } from "../../primitives/card";
import { LiveValue } from "../../status/live-value";
import { statusKey, statusLook } from "../../status/status-words";
import { actionWords } from "../action/action-words";
import { type ChartPoint, roundTop } from "./chart-scale";
import { LineChart } from "./line-chart";
import { useMetricHour } from "./use-metric-hour";

const known = (points: readonly ChartPoint[]) => points.flatMap(({ value }) => value ?? []);

/** CPU and memory of the last hour, with what people did to the agent and how it stands. */
export function MetricCharts({ agent }: { agent: Agent }) {
  const hour = useMetricHour(agent);
  const commands = useLiveCommands();
  const look = statusLook(statusKey(agent.status, agent.activity));
  const span =
    look.loud || agent.status === "unknown"
      ? { fromMs: toMs(agent.statusSince), word: look.word, tone: look.tone }
      : undefined;
  const marks = commands
    .filter(({ agentId, runningAt }) => agentId === agent.id && runningAt)
    .slice(0, 3)
    .map(({ kind, requestedBy, runningAt }) => ({
      atMs: toMs(runningAt ?? ""),
      label: `${actionWords[kind].noun}, ${requestedBy.name}`,
    }));
  const cpuValues = known(hour.cpu);
  const cpuMost = Math.max(100, roundTop(Math.max(0, ...cpuValues)));
  const memoryPeak = Math.max(0, ...known(hour.memory));
  const memoryMost = roundTop(memoryPeak * 1.1);
  const mean = cpuValues.length ? cpuValues.reduce((sum, value) => sum + value, 0) / cpuValues.length : null;
  if (hour.toMs <= 0) return null;
  const range = { fromMs: hour.fromMs, toMs: hour.toMs, span, marks };
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <Card className="px-3.5 pt-3 pb-2">
        <header className="mb-1.5 flex items-baseline justify-between">
          <h2 className="text-sm">CPU</h2>
          <span className="num text-muted-foreground text-xs">
            <LiveValue
              value={agent.metrics.cpuPercent === null ? null : Math.round(agent.metrics.cpuPercent)}
            >
              <Percent percent={agent.metrics.cpuPercent} className="font-strong text-foreground text-sm" />
            </LiveValue>
            {mean === null ? "" : ` · hour mean ${Math.round(mean)} %`}
          </span>
        </header>
        <LineChart
          name={`CPU of the last hour in per cent of one core, now ${Math.round(agent.metrics.cpuPercent ?? 0)}`}
          points={hour.cpu}
          most={cpuMost}
          ticks={[
            { value: cpuMost, label: `${cpuMost} %` },
            { value: cpuMost / 2, label: String(cpuMost / 2) },
            { value: 0, label: "0" },
          ]}
          {...range}
        />
      </Card>
      <Card className="px-3.5 pt-3 pb-2">
        <header className="mb-1.5 flex items-baseline justify-between">
          <h2 className="text-sm">Memory</h2>
          <span className="num text-muted-foreground text-xs">
            <Bytes bytes={agent.metrics.memoryBytes} className="font-strong text-foreground text-sm" />
            {memoryPeak > 0 ? ` · peak ${quantityText(formatBytes(memoryPeak))}` : ""}
          </span>
        </header>
        <LineChart
          name={`Memory of the last hour, now ${quantityText(formatBytes(agent.metrics.memoryBytes))}`}
          points={hour.memory}
          most={memoryMost}
          ticks={[
            { value: memoryMost, label: quantityText(formatBytes(memoryMost)).replace(".0 ", " ") },
            { value: memoryMost / 2, label: formatBytes(memoryMost / 2).value },
            { value: 0, label: "0" },
          ]}
          {...range}
        />
      </Card>
    </div>
  );
}
