"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import type { ListedRule } from "@/contracts/watch/rule";
import { severities } from "@/contracts/watch/rule";
import { useFiringAlerts } from "../../live/hooks";
import { Awaited } from "../../people/awaited";
import { useWhyNot } from "../../people/me";
import { ListFrame, Section } from "../../people/section";
import { Button } from "../../primitives/button";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { EmptyState } from "../../primitives/empty-state";
import { type Fires, RuleRow } from "./list/rule-row";
import { RulesFile } from "./list/rules-file";
import { useNames } from "./use-names";
import { useRules } from "./use-rules";

/** What is on before what is off, the most severe first, then by name: the order holds while things fire. */
function inOrder(rules: readonly ListedRule[]): ListedRule[] {
  const rank = (rule: ListedRule) => (rule.enabled ? 10 : 0) + severities.indexOf(rule.severity);
  return [...rules].sort((one, other) => rank(other) - rank(one) || one.name.localeCompare(other.name));
}

const none: Fires = { count: 0, calls: false };

export function RulesPage() {
  const rules = useRules();
  const names = useNames();
  const because = useWhyNot("rules:manage");
  const alerts = useFiringAlerts();
  const firing = useMemo(() => {
    const counts = new Map<string, Fires>();
    for (const { ruleId, muted } of alerts) {
      const { count, calls } = counts.get(ruleId) ?? none;
      counts.set(ruleId, { count: count + 1, calls: calls || !muted });
    }
    return counts;
  }, [alerts]);
  return (
    <Section
      title="Rules"
      lead="What is worth waking somebody for, each as a sentence. Open one to change it and see what it would have done."
      action={
        <div className="flex flex-wrap gap-2">
          <RulesFile />
          {because ? (
            <ButtonWithReason variant="primary" offBecause={because}>
              <Plus aria-hidden="true" />
              Add a rule
            </ButtonWithReason>
          ) : (
            <Button variant="primary" asChild>
              <Link href="/alerts/rules/new">
                <Plus aria-hidden="true" />
                Add a rule
              </Link>
            </Button>
          )}
        </div>
      }
    >
      <ListFrame label="Rules">
        <Awaited query={rules} rows={5}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="No rule, so no alert">
                Add one: “When any agent is offline for 1 min, tell Ops Teams” is a good first one.
              </EmptyState>
            ) : (
              <ul>
                {inOrder(items).map((rule) => (
                  <RuleRow key={rule.id} rule={rule} names={names} fires={firing.get(rule.id) ?? none} />
                ))}
              </ul>
            )
          }
        </Awaited>
      </ListFrame>
    </Section>
  );
}
