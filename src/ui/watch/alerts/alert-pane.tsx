"use client";

import { BellRing } from "lucide-react";
import { refusalOf } from "../../api/refusal";
import { usePlace } from "../../live/hooks";
import { EmptyState } from "../../primitives/empty-state";
import { RuleBehind } from "../rules/rule-behind";
import { AlertDetail } from "./alert-detail";
import { useFitting } from "./fitting-alerts";
import { useShownAlert } from "./shown-alert";
import { useAlertFilter } from "./use-alert-filter";
import { useAlert } from "./use-alerts";

/** The alert of the address, with the rule behind it. */
export function AlertPane({ id, opened = true }: { id: string; opened?: boolean }) {
  const { alert, error } = useAlert(id);
  if (!alert) {
    return error ? (
      <div className="grid flex-1 place-items-center">
        <EmptyState title="This alert can't be shown">{refusalOf(error).message}</EmptyState>
      </div>
    ) : (
      <div aria-busy="true" className="flex-1" />
    );
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <AlertDetail key={alert.id} alert={alert} opened={opened} />
      <RuleBehind ruleId={alert.ruleId} />
    </div>
  );
}

/** Nothing is chosen: the worst alert on wide screens, the list alone on a phone. */
export function WorstAlertPane() {
  const [filter] = useAlertFilter();
  const { loaded } = useFitting();
  const shown = useShownAlert();
  usePlace(shown ? `/alerts/${shown}` : null);
  if (shown) {
    return (
      <div className="contents max-md:hidden">
        <AlertPane id={shown} opened={false} />
      </div>
    );
  }
  return (
    <div className="grid flex-1 place-items-center max-md:hidden">
      {loaded ? (
        <EmptyState
          title={filter.state === "firing" ? "All quiet" : "Pick one that is over"}
          icon={<BellRing />}
        >
          When a rule applies, its story is told here: what was seen, who was told with which answer, who has
          it.
        </EmptyState>
      ) : null}
    </div>
  );
}
