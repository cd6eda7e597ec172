import { and, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import {
  type AlertPolicy,
  alertPolicySchema,
  type changePolicySchema,
  type restorePolicySchema,
  type StoredPolicy,
} from "@/contracts/watch/policy";
import { alertPolicies, channels } from "@/db/schema";
import { type Ctx, conflict, demand, invalid, transact, type Unit } from "@/domain/kernel";
import { faultsOfPolicy } from "./check-policy";
import { policyInForce, policyVersion } from "./find-policy";

/**
 * Replaces the policy as a whole; the same words again change nothing. Alerts that fire are told by the new one from
 * now on. Throws conflict when `version` is not the newest, invalid with a sentence for each fault.
 */
export function changePolicy(
  ctx: Ctx,
  { version, policy }: z.output<typeof changePolicySchema>,
): Promise<StoredPolicy> {
  demand(ctx, "rules:manage");
  return transact(ctx, (unit) => replace(ctx, unit, version, policy, null));
}

/** Brings an earlier version back, as a new one. Throws like changing it. */
export function restorePolicy(
  ctx: Ctx,
  { version, restore }: z.output<typeof restorePolicySchema>,
): Promise<StoredPolicy> {
  demand(ctx, "rules:manage");
  return transact(ctx, async (unit) => {
    const { policy } = await policyVersion(ctx, unit.tx, restore);
    return replace(ctx, unit, version, policy, `Version ${restore} was brought back`);
  });
}

async function replace(
  ctx: Ctx,
  { tx, record, afterCommit }: Unit,
  read: number,
  policy: AlertPolicy,
  reason: string | null,
): Promise<StoredPolicy> {
  const before = await policyInForce(ctx, tx);
  if (before.version !== read) throw changedMeanwhile(before, read);
  const known = await tx
    .select({ id: channels.id })
    .from(channels)
    .where(and(eq(channels.accountId, ctx.account), isNull(channels.deletedAt)));
  const faults = faultsOfPolicy(policy, new Set(known.map(({ id }) => id)));
  if (faults.length > 0) {
    throw invalid(faults.map(({ message }) => message).join(" "), { fields: faults });
  }
  if (sameText(before.policy) === sameText(policy)) return before;
  const row = {
    accountId: ctx.account,
    version: before.version + 1,
    at: ctx.clock.now(),
    author: ctx.actor,
    policy,
  };
  const written = await tx
    .insert(alertPolicies)
    .values(row)
    .onConflictDoNothing()
    .returning({ version: alertPolicies.version });
  if (written.length === 0) throw changedMeanwhile(await policyInForce(ctx, tx), read);
  record({
    kind: "policy.changed",
    target: { kind: "policy", id: ctx.account, name: "Routes of alerts" },
    reason,
    before: { version: before.version, ...before.policy },
    after: { version: row.version, ...policy },
  });
  afterCommit(() => ctx.bus.publish("nudge.telling", null));
  return { version: row.version, at: row.at.toISOString(), author: row.author, policy };
}

/** In the order of the contract: the database keeps another. */
const sameText = (policy: AlertPolicy) => JSON.stringify(alertPolicySchema.parse(policy));

function changedMeanwhile(newest: StoredPolicy, read: number) {
  return conflict(
    `${newest.author.name} changed the routes while you were editing them (they are at version ${newest.version}, you read ${read}). Load them again and make your change once more.`,
    { version: newest.version, changedBy: newest.author, changedAt: newest.at },
  );
}
