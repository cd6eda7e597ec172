import type { Alert } from "@/contracts/watch/alert";
import type { NotificationEvent } from "@/contracts/watch/notification";
import { alertGroups, alerts, notificationAlerts, notifications, rules } from "@/db/schema";
import { type Ground, mainAccount } from "@/domain/kernel";

/** An alert as rendering sees it; `over` replaces what a test is about. */
export function alertSample(over: Partial<Alert> = {}): Alert {
  return {
    id: "alr_1",
    ruleId: "rul_1",
    ruleVersion: 1,
    ruleName: "Any agent is offline",
    kind: "offline",
    severity: "critical",
    state: "firing",
    subject: { kind: "agent", id: "agt_1", name: "indexer" },
    agentId: "agt_1",
    group: "search",
    host: "web-1",
    tags: ["production"],
    labels: {},
    summary: "Silent for 7 s, although nobody asked it to stop",
    value: null,
    since: "2026-11-21T04:24:26.000Z",
    firedAt: "2026-11-21T04:24:33.000Z",
    resolvedAt: null,
    resolution: null,
    lastKnown: "Last task: nightly index",
    status: "offline",
    flapping: false,
    runbook: null,
    acknowledgedBy: null,
    acknowledgedAt: null,
    acknowledgedNote: null,
    assignedTo: null,
    snoozedUntil: null,
    snoozedBy: null,
    ...over,
  };
}

/** Writes alerts as the judge does, about agents of these names; `ended`: they are over. Answers their ids. */
export async function writeAlerts(ground: Ground, names: string[], ended = false): Promise<string[]> {
  const now = ground.clock.now();
  const ruleId = "rul_test";
  const draft = {
    name: "Any agent is offline",
    scope: { kind: "all" as const },
    except: [],
    condition: { kind: "offline" as const },
    forMs: 0,
    recoverMs: 0,
    noData: "keep" as const,
    onError: "keep" as const,
    flap: null,
    severity: "critical" as const,
    labels: {},
    quiet: [],
    channelIds: [],
    runbook: null,
    enabled: true,
  };
  await ground.db.orm
    .insert(rules)
    .values({ id: ruleId, accountId: mainAccount, version: 1, draft, createdAt: now, changedAt: now })
    .onConflictDoNothing();
  const rows = names.map((name): typeof alerts.$inferInsert => ({
    id: ground.ids.id("alr"),
    accountId: mainAccount,
    ruleId,
    ruleVersion: 1,
    ruleName: draft.name,
    kind: "offline",
    severity: "critical",
    state: ended ? "resolved" : "firing",
    subjectKind: "agent",
    subjectId: name,
    subjectName: name,
    agentId: name,
    host: "web-1",
    tags: [],
    labels: {},
    summary: "Silent for 7 s, although nobody asked it to stop",
    status: "offline",
    since: new Date(now.getTime() - 7_000),
    firedAt: now,
    resolvedAt: ended ? now : null,
    resolution: ended ? "Back online after 4 min" : null,
    lastKnown: "Last task: nightly index",
    flapping: false,
  }));
  if (rows.length > 0) await ground.db.orm.insert(alerts).values(rows);
  return rows.map(({ id }) => id);
}

/** Opens a group of alerts, as telling does. */
export async function openGroup(ground: Ground, key: Record<string, string> = {}): Promise<string> {
  const id = ground.ids.id("agr");
  await ground.db.orm.insert(alertGroups).values({
    id,
    accountId: mainAccount,
    routeId: id,
    key: JSON.stringify(key),
    openedAt: ground.clock.now(),
    escalatedSteps: 0,
  });
  return id;
}

export type QueuedMessage = {
  channelId: string;
  groupId: string;
  event?: NotificationEvent;
  title?: string;
  firing?: string[];
  resolved?: string[];
  still?: string[];
};

/** Messages go out in the order in which they were made; those of one millisecond would have none. */
const newestMs = new WeakMap<Ground, number>();

/** Writes a message into the outbox, as telling does in its own transaction, and says so. Answers its id. */
export async function queueMessage(ground: Ground, message: QueuedMessage): Promise<string> {
  const { channelId, groupId, firing = [], resolved = [], still = [] } = message;
  const event = message.event ?? (firing.length > 0 ? "firing" : "resolved");
  const id = ground.ids.id("ntf");
  const now = ground.clock.now();
  const createdMs = Math.max((newestMs.get(ground) ?? 0) + 1, now.getTime());
  newestMs.set(ground, createdMs);
  const all = [...firing, ...resolved, ...still];
  const told = [
    ...firing.map((alertId) => ({ alertId, as: "firing" as const })),
    ...resolved.map((alertId) => ({ alertId, as: "resolved" as const })),
    ...still.map((alertId) => ({ alertId, as: "still" as const })),
  ];
  await ground.db.orm.transaction(async (tx) => {
    await tx.insert(notifications).values({
      id,
      accountId: mainAccount,
      groupId,
      channelId,
      event,
      title: message.title ?? (all.length === 1 ? "one agent" : `${all.length} agents`),
      severity: "critical",
      firingCount: firing.length + still.length,
      resolvedCount: resolved.length,
      state: "pending",
      attempts: 0,
      nextAttemptAt: now,
      createdAt: new Date(createdMs),
    });
    if (told.length > 0)
      await tx
        .insert(notificationAlerts)
        .values(told.map((one) => ({ ...one, notificationId: id, channelId })));
  });
  ground.bus.publish("nudge.notifications", null);
  return id;
}

/** Agents fall silent, each a group of its own: one message each to each channel. Answers how to end them. */
export async function tellOffline(ground: Ground, channelIds: string[], names: string[]) {
  const ids = await writeAlerts(ground, names);
  const told: { groupId: string; alertId: string; name: string }[] = [];
  for (const [index, alertId] of ids.entries()) {
    const groupId = await openGroup(ground, { agent: names[index] ?? "" });
    told.push({ groupId, alertId, name: names[index] ?? "" });
    for (const channelId of channelIds)
      await queueMessage(ground, { channelId, groupId, firing: [alertId], title: names[index] ?? "" });
  }
  return {
    told,
    /** They are back: a message each to each channel. */
    async comeBack(): Promise<void> {
      for (const { groupId, alertId, name } of told) {
        for (const channelId of channelIds)
          await queueMessage(ground, { channelId, groupId, resolved: [alertId], title: name });
      }
    },
  };
}
