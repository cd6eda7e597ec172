"use client";

import { BellRing } from "lucide-react";
import { refusalOf } from "../../api/refusal";
import { EmptyState } from "../../primitives/empty-state";
import { RuleBehind } from "../rules/rule-behind";
import { AlertStory } from "./alert-story";
import { useAlert, useAlerts } from "./use-alerts";

/** The alert of the address, with the rule behind it. */
export function AlertPane({ id }: { id: string }) {
  const { alert, error } = useAlert(id);
  if (!alert) {
    return error ? (
      <EmptyState title="This alert can't be shown">{refusalOf(error).message}</EmptyState>
    ) : (
      <div aria-busy="true" className="flex-1" />
    );
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <AlertStory alert={alert} />
      <RuleBehind ruleId={alert.ruleId} />
    </div>
  );
}

/** Nothing is chosen: the worst alert on wide screens, the list alone on a phone. */
export function WorstAlertPane() {
  const { firing, loaded } = useAlerts();
  const worst = firing[0];
  if (worst) {
    return (
      <div className="contents max-md:hidden">
        <AlertPane id={worst.id} />
      </div>
    );
  }
  return (
    <div className="grid flex-1 place-items-center max-md:hidden">
      {loaded ? (
        <EmptyState title="All quiet" icon={<BellRing />}>
          When a rule applies, its story is told here: what was seen, who was told with which answer, who has
          it.
        </EmptyState>
      ) : null}
    </div>
  );
}
