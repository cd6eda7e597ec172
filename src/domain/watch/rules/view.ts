import type { Rule } from "@/contracts/watch/rule";
import type { rules } from "@/db/schema";

export type RuleRow = typeof rules.$inferSelect;

/** A stored rule in the words of its contract. */
export function ruleOf(row: RuleRow): Rule {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    scope: row.scope,
    severity: row.severity,
    enabled: row.enabled,
    channelIds: row.channelIds,
    createdAt: row.createdAt.toISOString(),
  };
}
