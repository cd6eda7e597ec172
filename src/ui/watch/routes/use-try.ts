"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { AlertPolicy, RoutingPreview } from "@/contracts/watch/policy";
import { trpc } from "../../api/trpc";
import { useFiringAlerts } from "../../live/hooks";
import { useAgents } from "../../live/use-agents";
import { labelsOfAlert, labelsOfTried, startTried, type Tried } from "./try-labels";

const settleMs = 250;

export interface Trying {
  on: boolean;
  tried: Tried;
  put: (tried: Tried) => void;
  toggle: () => void;
  preview: RoutingPreview | undefined;
  error: unknown;
  /** Branches that the alert goes to. */
  hits: ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();

/** Where an alert with these labels would go, by the draft of the routes where there is one. */
export function useTry(draft: AlertPolicy | undefined, version: number): Trying {
  const [on, setOn] = useState(false);
  const [tried, setTried] = useState(startTried);
  const alert = useFiringAlerts().find(({ id }) => id === tried.alertId);
  const agents = useAgents("order");
  const question = useMemo(() => {
    const name = agents.find(({ id }) => id === alert?.agentId)?.name ?? alert?.subject.name ?? "";
    const labels = alert ? labelsOfAlert(alert, name) : labelsOfTried(tried);
    return JSON.stringify({
      labels,
      ...(alert ? { ruleId: alert.ruleId } : {}),
      ...(draft ? { policy: draft } : {}),
    });
  }, [alert, agents, tried, draft]);
  const [settled, setSettled] = useState(question);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(question), settleMs);
    return () => clearTimeout(timer);
  }, [question]);
  const { client } = trpc.useUtils();
  const query = useQuery({
    queryKey: ["routing-preview", version, settled],
    enabled: on,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => client.alertPolicy.preview.mutate(JSON.parse(settled), { signal }),
  });
  const preview = on ? query.data : undefined;
  const hits = useMemo(() => (preview ? new Set(preview.routes.map(({ id }) => id)) : nothing), [preview]);
  return {
    on,
    tried,
    put: setTried,
    toggle: () => setOn(!on),
    preview,
    error: on ? query.error : null,
    hits,
  };
}
