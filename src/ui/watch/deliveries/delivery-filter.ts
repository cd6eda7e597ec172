import { type Notification, notificationStates } from "@/contracts/watch/notification";

/** Which messages the log shows, as it stands in the address. */
export interface DeliveryFilter {
  state: Notification["state"] | null;
  channelId: string | null;
}

/** Reads an address; what does not make sense is left out. */
export function deliveryFilterFrom(params: Pick<URLSearchParams, "get">): DeliveryFilter {
  return {
    state: notificationStates.find((state) => state === params.get("state")) ?? null,
    channelId: params.get("channel")?.slice(0, 64) || null,
  };
}

/** "?state=dead&channel=chn_1", "" for all. */
export function deliveryFilterAddress({ state, channelId }: DeliveryFilter): string {
  const params = new URLSearchParams();
  if (state) params.set("state", state);
  if (channelId) params.set("channel", channelId);
  const query = params.toString();
  return query ? `?${query}` : "";
}

/** When the log stands differently without a fact: the next try that it names. Null: not before something happens. */
export function nextTryMs(
  deliveries: readonly Pick<Notification, "state" | "nextAttemptAt">[],
  nowMs: number,
): number | null {
  const pending = deliveries.filter(({ state }) => state === "pending");
  if (pending.length === 0) return null;
  const due = pending.map(({ nextAttemptAt }) =>
    nextAttemptAt === null ? nowMs : Date.parse(nextAttemptAt),
  );
  return Math.min(86_400_000, Math.max(2_000, Math.min(...due) - nowMs + 700));
}

/** What a message told: "firing", "2 firing, 1 over", "still firing", "nobody acknowledged", "over". */
export function deliveryEventWords({
  event,
  firingCount,
  resolvedCount,
}: Pick<Notification, "event" | "firingCount" | "resolvedCount">): string {
  if (event === "repeat") return "still firing";
  if (event === "escalation") return "nobody acknowledged";
  const many = firingCount + resolvedCount > 1;
  const parts = [
    firingCount > 0 ? (many ? `${firingCount} firing` : "firing") : null,
    resolvedCount > 0 ? (many ? `${resolvedCount} over` : "over") : null,
  ];
  return parts.filter(Boolean).join(", ") || (event === "resolved" ? "over" : "firing");
}
