"use client";

import { useMemo } from "react";
import { countOf } from "../../format/quantity";
import { useGlance, useLoaded } from "../../live/hooks";
import { useAgents } from "../../live/use-agents";
import { hostsOf } from "../board/counts-of";

/** "312 agents · 41 hosts". */
export function SidebarFoot() {
  const loaded = useLoaded();
  const agents = useAgents("order");
  const glance = useGlance();
  const hosts = useMemo(() => glance?.hosts ?? hostsOf(agents), [glance, agents]);
  if (!loaded && !glance) return null;
  const total = glance?.agents ?? agents.length;
  if (total === 0) return "No agents yet";
  return `${countOf(total, "agent")} · ${countOf(hosts, "host")}`;
}
