import type { ConditionKind } from "@/contracts/watch/condition";
import { type Rule, type RuleDraft, ruleDraftSchema } from "@/contracts/watch/rule";
import { startForMs, startOf } from "./condition-choices";
import { ruleName } from "./sentence";

/** A rule without its identity, as an editor holds it. */
export function draftOf(rule: Rule): RuleDraft {
  return ruleDraftSchema.parse(rule);
}

/** What a new rule of this kind begins with. */
export function newDraft(kind: ConditionKind): RuleDraft {
  const draft: RuleDraft = {
    name: "",
    scope: { kind: "all" },
    except: [],
    condition: startOf[kind],
    forMs: startForMs[kind],
    recoverMs: 0,
    noData: "keep",
    onError: "keep",
    flap: { changes: 6, windowMs: 600_000 },
    severity: "warning",
    labels: {},
    quiet: [],
    channelIds: [],
    runbook: null,
    enabled: true,
  };
  return { ...draft, name: ruleName(draft) };
}

/** The same rule about another kind of trouble: what the new kind has no use for is put back. */
export function ofKind(draft: RuleDraft, kind: ConditionKind): RuleDraft {
  return {
    ...draft,
    condition: startOf[kind],
    forMs: startForMs[kind],
    noData: kind === "metric" ? draft.noData : "keep",
  };
}
