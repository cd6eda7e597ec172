"use client";

import { useMemo } from "react";
import { useFiringAlerts } from "../../live/hooks";
import { useAgents } from "../../live/use-agents";
import { type LabelValues, labelValues } from "./label-values";

/** Suggestions for a matcher, from the live board. */
export function useLabelValues(): LabelValues {
  const agents = useAgents("order");
  const alerts = useFiringAlerts();
  return useMemo(() => labelValues(agents, alerts), [agents, alerts]);
}
