import { ne } from "drizzle-orm";
import { accounts, alertPolicies } from "@/db/schema";
import { type Ground, systemCtx, transact } from "@/domain/kernel";
import { defaultPolicy } from "./default-policy";

/** Holder of the installation's own settings: no tenant, so nobody to tell. */
const systemAccount = "acc_system";

/** Gives every account that has no policy the one that is shipped, as version 1. Call it at start. */
export async function ensureDefaultPolicies(ground: Ground): Promise<void> {
  const found = await ground.db.orm
    .select({ id: accounts.id })
    .from(accounts)
    .where(ne(accounts.id, systemAccount));
  for (const { id: account } of found) {
    const ctx = systemCtx(ground, account);
    await transact(ctx, async ({ tx, record }) => {
      const made = await tx
        .insert(alertPolicies)
        .values({
          accountId: account,
          version: 1,
          at: ctx.clock.now(),
          author: ctx.actor,
          policy: defaultPolicy,
        })
        .onConflictDoNothing()
        .returning({ version: alertPolicies.version });
      if (made.length === 0) return;
      record({
        kind: "policy.changed",
        target: { kind: "policy", id: account, name: "Routes of alerts" },
        reason: "As they are shipped",
        after: { version: 1, ...defaultPolicy },
      });
    });
  }
}
