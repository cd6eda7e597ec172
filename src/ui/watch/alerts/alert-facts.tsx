"use client";

import Link from "next/link";
import type { Alert } from "@/contracts/watch/alert";
import type { InhibitedAlerts } from "@/contracts/watch/alert-list";
import type { Silence } from "@/contracts/watch/silence";
import { formatDuration } from "../../format/duration";
import { ExactTime, RelativeTime } from "../../format/time";
import { Avatar } from "../../primitives/avatar";
import { Badge } from "../../primitives/badge";
import { type Definition, DefinitionList } from "../../primitives/definition-list";
import { TextLink } from "../../primitives/text-link";
import { UntilTime } from "../until-time";
import { valueWords } from "./alert-words";
import { useQuietAlerts } from "./quiet-alerts";
import { useSnoozedUntil } from "./use-snoozed";

/** Since when, which number, where, who: what one asks first. */
export function AlertFacts({ alert }: { alert: Alert }) {
  const { inhibited, silenced } = useQuietAlerts();
  const muted = inhibited.get(alert.id);
  const silence = silenced.get(alert.id);
  const snoozedUntil = useSnoozedUntil(alert);
  const rows: (Definition | null)[] = [
    {
      label: "Since",
      value: (
        <>
          <ExactTime at={alert.since} />
          {alert.resolvedAt ? (
            `, lasted ${formatDuration(Date.parse(alert.resolvedAt) - Date.parse(alert.since))}`
          ) : (
            <>
              {" "}
              (<RelativeTime at={alert.since} />)
            </>
          )}
        </>
      ),
    },
    // A share, a count, days: of other kinds only their sentence says what the number is.
    alert.value === null || alert.kind !== "metric"
      ? null
      : { label: "Value", value: valueWords(alert.value) },
    alert.lastKnown ? { label: "Last said", value: alert.lastKnown } : null,
    alert.agentId
      ? {
          label: "Agent",
          value: (
            <TextLink asChild>
              <Link prefetch={false} href={`/agents/${alert.agentId}`}>
                {alert.subject.kind === "agent" ? alert.subject.name : "open the agent"}
              </Link>
            </TextLink>
          ),
        }
      : null,
    alert.host ? { label: "Host", value: alert.host, mono: true } : null,
    alert.group ? { label: "Group", value: alert.group } : null,
    alert.tags.length > 0 ? { label: "Tags", value: <Tags words={alert.tags} /> } : null,
    Object.keys(alert.labels).length > 0
      ? {
          label: "Labels",
          value: <Tags words={Object.entries(alert.labels).map(([name, value]) => `${name} = ${value}`)} />,
        }
      : null,
    {
      label: "Rule",
      value: (
        <TextLink asChild>
          <Link prefetch={false} href={`/alerts/rules/${alert.ruleId}`}>
            {alert.ruleName}
          </Link>
        </TextLink>
      ),
    },
    alert.acknowledgedBy
      ? {
          label: alert.state === "firing" ? "Has it" : "Had it",
          value: <Person name={alert.acknowledgedBy} />,
        }
      : null,
    alert.assignedTo ? { label: "Assigned to", value: <Person name={alert.assignedTo.name} /> } : null,
    alert.state === "firing" && muted ? { label: "Muted", value: <Muted inhibited={muted} /> } : null,
    alert.state === "firing" && snoozedUntil
      ? {
          label: "Snoozed",
          value: (
            <>
              until <UntilTime at={snoozedUntil} />
              {alert.snoozedBy ? `, by ${alert.snoozedBy}` : ""}
            </>
          ),
        }
      : null,
    alert.state === "firing" && silence
      ? { label: silenceLabels[silence.kind], value: <Quieted silence={silence} /> }
      : null,
  ];
  return <DefinitionList className="mt-4" rows={rows.flatMap((row) => row ?? [])} />;
}

function Muted({ inhibited: { by, source, until } }: { inhibited: InhibitedAlerts }) {
  if (until) {
    return (
      <>
        until <UntilTime at={until} />: {source} is over, and it may come back as well
      </>
    );
  }
  return (
    <>
      while {source} fires, by{" "}
      <TextLink asChild>
        <Link prefetch={false} href="/alerts/routes">
          {by}
        </Link>
      </TextLink>
    </>
  );
}

const silenceLabels = { silence: "Silenced", maintenance: "Maintenance" } as const;

function Quieted({ silence: { activeUntil, createdBy, reason } }: { silence: Silence }) {
  return (
    <>
      {activeUntil ? (
        <>
          until <UntilTime at={activeUntil} />,{" "}
        </>
      ) : null}
      by {createdBy.name}:{" "}
      <TextLink asChild>
        <Link prefetch={false} href="/alerts/silences">
          {reason}
        </Link>
      </TextLink>
    </>
  );
}

function Person({ name }: { name: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <Avatar name={name} size="xs" decorative />
      {name}
    </span>
  );
}

function Tags({ words }: { words: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {words.map((word) => (
        <Badge key={word}>{word}</Badge>
      ))}
    </span>
  );
}
