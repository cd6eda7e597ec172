import { and, desc, eq, lt } from "drizzle-orm";
import type { Page } from "@/contracts/kernel/page";
import type { StoredPolicy } from "@/contracts/watch/policy";
import type { Tx } from "@/db/client";
import { alertPolicies } from "@/db/schema";
import { type Ctx, demand, notFound, numberCursor, pageOfRows } from "@/domain/kernel";
import { defaultPolicy } from "./default-policy";

type Row = typeof alertPolicies.$inferSelect;

const storedOf = ({ version, at, author, policy }: Row): StoredPolicy => ({
  version,
  at: at.toISOString(),
  author,
  policy,
});

/** Who is told what, as it is in force. */
export function getPolicy(ctx: Ctx): Promise<StoredPolicy> {
  demand(ctx, "board:read");
  return policyInForce(ctx, ctx.db.orm);
}

/** The newest version; version 0, as it is shipped, for an account that has none. */
export async function policyInForce(
  ctx: Pick<Ctx, "account" | "clock">,
  db: Tx | Ctx["db"]["orm"],
): Promise<StoredPolicy> {
  const [row] = await db
    .select()
    .from(alertPolicies)
    .where(eq(alertPolicies.accountId, ctx.account))
    .orderBy(desc(alertPolicies.version))
    .limit(1);
  if (row) return storedOf(row);
  const author = { kind: "system", id: "system", name: "Mission Control" } as const;
  return { version: 0, at: ctx.clock.now().toISOString(), author, policy: defaultPolicy };
}

/** One version of the past. Throws not-found. */
export async function policyVersion(ctx: Ctx, db: Tx, version: number): Promise<StoredPolicy> {
  const [row] = await db
    .select()
    .from(alertPolicies)
    .where(and(eq(alertPolicies.accountId, ctx.account), eq(alertPolicies.version, version)));
  if (!row) throw notFound("version of the routes");
  return storedOf(row);
}

/** Every version with its author, newest first. */
export async function listPolicyVersions(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<StoredPolicy>> {
  demand(ctx, "board:read");
  const before = numberCursor(cursor, 9);
  const rows = await ctx.db.orm
    .select()
    .from(alertPolicies)
    .where(
      and(
        eq(alertPolicies.accountId, ctx.account),
        before === null ? undefined : lt(alertPolicies.version, before),
      ),
    )
    .orderBy(desc(alertPolicies.version))
    .limit(limit + 1);
  return pageOfRows(rows, limit, storedOf, ({ version }) => String(version));
}
