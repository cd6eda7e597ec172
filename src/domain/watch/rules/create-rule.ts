import type { z } from "zod";
import type { createRuleSchema, Rule } from "@/contracts/watch/rule";
import { rules } from "@/db/schema";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { demandChannels } from "./find";
import { ruleOf } from "./view";

/** Makes a rule. It watches from now on: agents that are offline already are told of at their next fall. */
export function createRule(ctx: Ctx, wish: z.output<typeof createRuleSchema>): Promise<Rule> {
  demand(ctx, "rules:manage");
  return transact(ctx, async ({ tx, record }) => {
    const channelIds = [...new Set(wish.channelIds)];
    await demandChannels(ctx, tx, channelIds);
    const row = {
      ...wish,
      channelIds,
      id: ctx.ids.id("rul"),
      accountId: ctx.account,
      createdAt: ctx.clock.now(),
      deletedAt: null,
    };
    await tx.insert(rules).values(row);
    const rule = ruleOf(row);
    record({ kind: "rule.created", target: { kind: "rule", id: rule.id, name: rule.name }, after: rule });
    return rule;
  });
}
