"use client";

import { useMemo } from "react";
import { countOf } from "../../format/quantity";
import { useLoaded } from "../../live/hooks";
import { useAgents } from "../../live/use-agents";

/** "312 agents · 41 hosts". */
export function SidebarFoot() {
  const loaded = useLoaded();
  const agents = useAgents("order");
  const hosts = useMemo(() => new Set(agents.flatMap(({ host }) => host ?? [])).size, [agents]);
  if (!loaded) return null;
  if (agents.length === 0) return "No agents yet";
  return `${countOf(agents.length, "agent")} · ${countOf(hosts, "host")}`;
}
