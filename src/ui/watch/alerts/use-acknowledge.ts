"use client";

import type { Alert } from "@/contracts/watch/alert";
import { trpc } from "../../api/trpc";
import { useOffBecause } from "../../live/hooks";
import { useWhyNot } from "../../people/me";
import { tellFailure } from "../../people/tell";

/** "I have it". The page believes the fact that comes back by the live line, not this click. */
export function useAcknowledge(alert: Alert) {
  const cache = trpc.useUtils();
  const notNow = useOffBecause();
  const notMine = useWhyNot("alerts:operate");
  const acknowledge = trpc.alerts.acknowledge.useMutation({
    onSuccess: () => cache.alerts.invalidate(),
    onError: tellFailure(`The alert about ${alert.agentName} was not acknowledged`),
  });
  return {
    offBecause: notMine ?? notNow,
    busy: acknowledge.isPending,
    acknowledge: () => acknowledge.mutate({ id: alert.id }),
  };
}
