import { ne } from "drizzle-orm";
import { accounts, rules, ruleVersions } from "@/db/schema";
import { type Ground, systemCtx, transact } from "@/domain/kernel";
import { defaultRuleId, defaultRules } from "./default-rules";
import { type RuleRow, ruleOf, ruleTarget } from "./view";
import { versionOf } from "./write-rule";

/** Holder of the installation's own settings: no tenant, so nothing to watch. */
const systemAccount = "acc_system";

/**
 * Gives every account the rules that everybody has from the start, each once: their ids are fixed, so neither a second
 * instance nor a restart makes another, one that was deleted stays deleted, and an older installation gets those that
 * are new. Call it at start, before the evaluator.
 */
export async function ensureDefaultRules(ground: Ground): Promise<void> {
  const found = await ground.db.orm
    .select({ id: accounts.id })
    .from(accounts)
    .where(ne(accounts.id, systemAccount));
  for (const { id: account } of found) await ensureOf(ground, account);
}

async function ensureOf(ground: Ground, account: string): Promise<void> {
  const ctx = systemCtx(ground, account);
  await transact(ctx, async ({ tx, record }) => {
    const at = ctx.clock.now();
    const rows: RuleRow[] = defaultRules.map(({ key, draft }) => ({
      id: defaultRuleId(key, account),
      accountId: account,
      version: 1,
      draft,
      createdAt: at,
      changedAt: at,
      deletedAt: null,
    }));
    const made = await tx.insert(rules).values(rows).onConflictDoNothing().returning({ id: rules.id });
    const ids = new Set(made.map(({ id }) => id));
    const fresh = rows.filter(({ id }) => ids.has(id));
    if (fresh.length === 0) return;
    await tx.insert(ruleVersions).values(fresh.map((row) => versionOf(ctx, row, "created")));
    for (const row of fresh) {
      const data = { ruleId: row.id, how: "created", default: true };
      record({ kind: "rule.created", target: ruleTarget(row), after: ruleOf(row), data });
    }
  });
}
