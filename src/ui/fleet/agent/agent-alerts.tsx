"use client";

import { BellRing } from "lucide-react";
import Link from "next/link";
import type { BoardAlert } from "@/contracts/wire/board-fold";
import { RelativeTime } from "../../format/time";
import { asksForSomebody } from "../../live/asks";
import { useAgentField, useFiringAlerts } from "../../live/hooks";
import { Alert } from "../../primitives/alert";
import { cn } from "../../primitives/class-names";
import { TextLink } from "../../primitives/text-link";
import { ownerWords } from "../../watch/alerts/alert-words";
import { useRules } from "../../watch/rules/use-rules";
import { SeverityWord } from "../../watch/severity";
import { alertsAbout } from "./alerts-about";

/**
 * The alerts that fire for an agent, its host or its fleet, in one banner however many there are; quiet once each has
 * somebody or is muted.
 */
export function AgentAlerts({ agentId }: { agentId: string }) {
  const group = useAgentField(agentId, (agent) => agent.group) ?? null;
  const host = useAgentField(agentId, (agent) => agent.host) ?? null;
  const tags = useAgentField(agentId, (agent) => agent.tags) ?? [];
  const firing = useFiringAlerts();
  const rules = useRules(firing.some(({ kind }) => kind === "outage")).data?.items;
  const watchedBy = rules && new Map(rules.map((rule) => [rule.id, rule]));
  const alerts = alertsAbout({ id: agentId, group, host, tags }, firing, watchedBy);
  if (alerts.length === 0) return null;
  const asking = alerts.filter(asksForSomebody);
  const tone = asking.some(({ severity }) => severity === "critical") ? "offline" : "stuck";
  return (
    <Alert
      tone={asking.length > 0 ? tone : "neutral"}
      shape="banner"
      data-slot="agent-alerts"
      icon={<BellRing aria-hidden="true" />}
    >
      <ul aria-label="Alerts that fire" className="max-h-24 overflow-y-auto">
        {alerts.map((alert) => (
          <AlertLine key={alert.id} alert={alert} />
        ))}
      </ul>
    </Alert>
  );
}

function AlertLine({ alert }: { alert: BoardAlert }) {
  const { id, severity, subject, summary, since, muted } = alert;
  const asks = asksForSomebody(alert);
  return (
    <li className={cn("num", !asks && "text-muted-foreground")}>
      <SeverityWord severity={severity} loud={asks} />
      {" · "}
      <TextLink asChild className={asks ? "font-strong" : "text-muted-foreground"}>
        <Link prefetch={false} href={`/alerts/${id}`}>
          {subject.kind === "agent" ? summary : `${subject.name}: ${summary}`}
        </Link>
      </TextLink>
      {" · began "}
      <RelativeTime at={since} suffix="ago" />
      {" · "}
      <span suppressHydrationWarning>{ownerWords(alert)}</span>
      {muted ? " · muted" : null}
    </li>
  );
}
