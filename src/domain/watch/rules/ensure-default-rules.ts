import { ne } from "drizzle-orm";
import { accounts, rules } from "@/db/schema";
import { type Ground, systemCtx, transact } from "@/domain/kernel";
import { ruleOf } from "./view";

/** Holder of the installation's own settings: no tenant, so nothing to watch. */
const systemAccount = "acc_system";

/**
 * Gives every account the rule "Any agent is offline", once: its id is fixed, so neither a second instance nor a
 * restart makes another, and one that was deleted stays deleted. Call it at start, before the evaluator.
 */
export async function ensureDefaultRules(ground: Ground): Promise<void> {
  const found = await ground.db.orm
    .select({ id: accounts.id })
    .from(accounts)
    .where(ne(accounts.id, systemAccount));
  for (const { id: account } of found) {
    const ctx = systemCtx(ground, account);
    await transact(ctx, async ({ tx, record }) => {
      const row: typeof rules.$inferSelect = {
        id: `rul_offline_${account}`,
        accountId: account,
        name: "Any agent is offline",
        kind: "offline",
        scope: { kind: "all" },
        severity: "critical",
        enabled: true,
        channelIds: [],
        createdAt: ctx.clock.now(),
        deletedAt: null,
      };
      const made = await tx.insert(rules).values(row).onConflictDoNothing().returning({ id: rules.id });
      if (made.length > 0)
        record({
          kind: "rule.created",
          target: { kind: "rule", id: row.id, name: row.name },
          after: ruleOf(row),
        });
    });
  }
}
