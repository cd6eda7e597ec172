import type { Alert } from "@/contracts/watch/alert";
import { labelsOf } from "@/domain/watch/alerts/view";
import type { Message, Telling } from "@/domain/watch/notifications/message";
import { alertSample } from "./outbox";

/** A message as a claim loads it, about these alerts. */
export function messageSample(
  told: Partial<Record<Telling, Alert[]>> = { firing: [alertSample()] },
  over: Partial<Message> = {},
): Message {
  const named = (as: Telling) => (told[as] ?? []).map((alert) => ({ alert, labels: labelsOf(alert) }));
  const alerts = { firing: named("firing"), resolved: named("resolved"), still: named("still") };
  return {
    id: "ntf_1",
    event: alerts.firing.length > 0 ? "firing" : alerts.still.length > 0 ? "repeat" : "resolved",
    title: "indexer",
    severity: "critical",
    createdAt: new Date("2026-11-21T04:24:33.000Z"),
    groupId: "agr_1",
    groupLabels: { group: "search" },
    channel: { id: "chn_1", name: "Ops" },
    counts: {
      firing: alerts.firing.length,
      resolved: alerts.resolved.length,
      still: alerts.still.length,
    },
    alerts,
    actions: null,
    thread: { id: "ntf_1", title: "Offline: indexer" },
    ...over,
  };
}
