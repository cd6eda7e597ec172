import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Alert } from "@/contracts/watch/alert";
import type { ChannelKind, previewTemplateSchema, templatePreviewSchema } from "@/contracts/watch/channel";
import { alerts } from "@/db/schema";
import { type Ctx, demand, notFound } from "@/domain/kernel";
import { alertOf, labelsOf } from "../alerts/view";
import type { Message } from "../notifications/message";
import { outgoingOf, shownRequest } from "../notifications/outgoing";
import { checkTemplate } from "../notifications/render/template";
import { ampleLimits } from "../notifications/render/words";
import { tellableOf } from "../notifications/tellable";
import type { ChannelConfig } from "./config";

/** What a message would look like with these words: about one of the team's alerts, or one that we made up. */
export async function previewTemplate(
  ctx: Ctx,
  consoleUrl: string,
  { kind, template, alertId }: z.output<typeof previewTemplateSchema>,
): Promise<z.infer<typeof templatePreviewSchema>> {
  demand(ctx, "channels:manage");
  checkTemplate(template);
  const now = ctx.clock.now();
  const alert = alertId ? await alertOfAccount(ctx, alertId) : exampleAlert(now);
  const told = tellableOf(messageAbout(alert, now), template, consoleUrl);
  const { word, title, lead, rows } = told.brief(ampleLimits);
  const shown = shownRequest(outgoingOf(exampleConfigs[kind], told, now, consoleUrl));
  return {
    title: `${word} ${title}`.trim(),
    body: [lead, ...rows.map(({ label, value }) => `${label}: ${value}`)].join("\n"),
    request: shown.body,
  };
}

async function alertOfAccount(ctx: Ctx, id: string): Promise<Alert> {
  const [row] = await ctx.db.orm
    .select()
    .from(alerts)
    .where(and(eq(alerts.accountId, ctx.account), eq(alerts.id, id)));
  if (!row) throw notFound("alert");
  return alertOf(row);
}

/** Nothing leaves: these only say which form it would have. */
const exampleConfigs: Record<ChannelKind, ChannelConfig> = {
  teams: { kind: "teams", url: "https://example.com/" },
  slack: { kind: "slack", url: "https://example.com/" },
  email: { kind: "email", to: ["team@example.com"] },
  webhook: { kind: "webhook", url: "https://example.com/", secret: "" },
  inbox: { kind: "inbox", role: "viewer" },
};

function messageAbout(alert: Alert, now: Date): Message {
  const told = { alert, labels: labelsOf(alert) };
  const resolved = alert.state === "resolved";
  return {
    id: "preview",
    event: resolved ? "resolved" : "firing",
    title: alert.subject.name,
    severity: alert.severity,
    createdAt: now,
    groupId: null,
    groupLabels: {},
    channel: { id: "preview", name: "Preview" },
    counts: { firing: resolved ? 0 : 1, resolved: resolved ? 1 : 0, still: 0 },
    alerts: { firing: resolved ? [] : [told], resolved: resolved ? [told] : [], still: [] },
    actions: null,
    thread: { id: "preview", title: alert.subject.name },
  };
}

function exampleAlert(now: Date): Alert {
  const since = new Date(now.getTime() - 4 * 60_000).toISOString();
  return {
    id: "example",
    ruleId: "example",
    ruleVersion: 1,
    ruleName: "Any agent is offline",
    kind: "offline",
    severity: "critical",
    state: "firing",
    subject: { kind: "agent", id: "example", name: "nightly-indexer" },
    agentId: "example",
    group: "search",
    host: "web-1",
    tags: ["production"],
    labels: { team: "search" },
    summary: "Silent for 4 min, although nobody asked it to stop",
    value: null,
    since,
    firedAt: now.toISOString(),
    resolvedAt: null,
    resolution: null,
    lastKnown: "Last task: nightly index",
    status: "offline",
    flapping: false,
    runbook: "https://example.com/runbooks/indexer",
    acknowledgedBy: null,
    acknowledgedAt: null,
    acknowledgedNote: null,
    assignedTo: null,
    snoozedUntil: null,
    snoozedBy: null,
  };
}
