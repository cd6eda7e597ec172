"use client";

import { useMemo } from "react";
import type { Agent } from "@/contracts/fleet/agent";
import { trpc } from "../../api/trpc";
import { useNow } from "../../format/ticker";
import type { ChartPoint } from "./chart-scale";

const hourMs = 3_600_000;

export interface MetricHour {
  fromMs: number;
  toMs: number;
  cpu: readonly ChartPoint[];
  memory: readonly ChartPoint[];
}

/** The last hour by minutes from the log of measurements, and the live value at its end. */
export function useMetricHour(agent: Agent): MetricHour {
  const nowMs = useNow();
  // The question keeps still for a minute, or every tick would ask anew.
  const minute = Math.floor(nowMs / 60_000);
  const from = new Date((minute - 60) * 60_000).toISOString();
  const { data } = trpc.agents.metrics.useQuery(
    { id: agent.id, from },
    { enabled: minute > 0, placeholderData: (before) => before },
  );
  const beats = agent.status === "online" || agent.status === "paused";
  const lastMs = agent.lastBeatAt ? Date.parse(agent.lastBeatAt) : 0;
  const { cpuPercent, memoryBytes } = agent.metrics;
  return useMemo(() => {
    const minutes = data?.items ?? [];
    const live = beats && lastMs > 0;
    const cpu = minutes.map((m) => ({ atMs: Date.parse(m.at), value: m.cpuPercent }));
    const memory = minutes.map((m) => ({ atMs: Date.parse(m.at), value: m.memoryBytes }));
    return {
      fromMs: nowMs - hourMs,
      toMs: nowMs,
      cpu: live ? [...cpu, { atMs: lastMs, value: cpuPercent }] : cpu,
      memory: live ? [...memory, { atMs: lastMs, value: memoryBytes }] : memory,
    };
  }, [data, beats, lastMs, cpuPercent, memoryBytes, nowMs]);
}
