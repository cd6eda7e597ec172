"use client";

import Link from "next/link";
import type { ListedRule } from "@/contracts/watch/rule";
import { RelativeTime } from "../../../format/time";
import { Badge } from "../../../primitives/badge";
import { cn } from "../../../primitives/class-names";
import { SeverityWord, severityLook } from "../../severity";
import { channelWords } from "../../words/channel-words";
import { capitalised } from "../../words/list-words";
import type { Names } from "../words/names";
import { byRoutes, ruleName, triggerOf } from "../words/sentence";
import { RuleActions } from "./rule-actions";
import { RuleSwitch } from "./rule-switch";

/** How many alerts of a rule fire, and whether one of them is not muted. */
export interface Fires {
  count: number;
  calls: boolean;
}

/** A rule in the list: its name, its sentence, what it fires now, who changed it last, and its switch. */
export function RuleRow({ rule, names, fires }: { rule: ListedRule; names: Names; fires: Fires }) {
  const trigger = capitalised(triggerOf(rule, names));
  const told = channelWords(rule.channelIds, names.channels, byRoutes);
  const named = rule.name !== ruleName(rule, names);
  return (
    <li
      data-slot="rule-row"
      className="relative flex flex-wrap items-center gap-x-3 gap-y-1 border-border/62 border-b px-4 py-2.5 last:border-b-0 hover:bg-accent has-[a:focus-visible]:bg-accent"
    >
      <div className={cn("min-w-0 flex-1 basis-80", !rule.enabled && "text-muted-foreground")}>
        <p className="flex min-w-0 items-center gap-2">
          <Link
            href={`/alerts/rules/${rule.id}`}
            className="cut font-strong after:absolute after:inset-0 after:content-['']"
          >
            {rule.name}
          </Link>
          {fires.count > 0 ? (
            <Badge
              variant="count"
              tone={fires.calls ? toneOf(rule) : "neutral"}
              aria-label={firesWords(fires)}
            >
              {firesWords(fires)}
            </Badge>
          ) : null}
        </p>
        <p className="text-pretty text-muted-foreground text-xs">
          {named ? `${trigger}. ` : ""}
          {rule.channelIds.length > 0 || !named ? `Tells ${told}.` : ""}
        </p>
      </div>
      <span className="w-16 text-xs">
        <SeverityWord severity={rule.severity} loud={rule.enabled} />
      </span>
      <span className="w-36 text-muted-foreground text-xs max-md:hidden">
        <span className="cut block">{rule.changedBy.name}</span>
        <RelativeTime at={rule.changedAt} suffix="ago" />
      </span>
      <span className="relative flex items-center gap-1 max-md:ml-auto">
        <RuleSwitch rule={rule} />
        <RuleActions rule={rule} />
      </span>
    </li>
  );
}

const firesWords = ({ count, calls }: Fires) => `${count} firing${calls ? "" : ", muted"}`;

function toneOf({ severity }: ListedRule) {
  const { tone } = severityLook(severity);
  return tone === "offline" || tone === "stuck" ? tone : "unknown";
}
