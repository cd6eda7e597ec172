import { and, eq } from "drizzle-orm";
import { ruleDraftSchema, type SavedRule } from "@/contracts/watch/rule";
import { rules, ruleVersions } from "@/db/schema";
import { type Ctx, demand, notFound, transact } from "@/domain/kernel";
import { hintsOfDraft } from "./check-draft";
import { ruleOf, ruleTarget } from "./view";
import { withoutLostChannels } from "./without-lost-channels";
import { saveVersion, updateRule } from "./write-rule";

/** Makes an old version the newest one. A deleted rule comes back with it, under its old id. */
export async function restoreRule(
  ctx: Ctx,
  { id, version }: { id: string; version: number },
): Promise<SavedRule> {
  demand(ctx, "rules:manage");
  return transact(ctx, async (unit) => {
    const { tx, record } = unit;
    const [row] = await tx
      .select()
      .from(rules)
      .where(and(eq(rules.accountId, ctx.account), eq(rules.id, id)))
      .for("update");
    if (!row) throw notFound("rule");
    const [old] = await tx
      .select()
      .from(ruleVersions)
      .where(and(eq(ruleVersions.ruleId, id), eq(ruleVersions.version, version)));
    if (!old) throw notFound("version of this rule");
    // Kept as it was said then; words that came later get their defaults.
    const { draft, hints } = await withoutLostChannels(ctx, tx, ruleDraftSchema.parse(old.draft));
    const told = { how: "restored" as const, fromVersion: version };
    const allHints = [...hints, ...(await hintsOfDraft(ctx, tx, draft))];
    if (row.deletedAt === null)
      return { ...(await updateRule(ctx, unit, row, draft, told)), hints: allHints };
    const back = { ...row, draft, version: row.version + 1, changedAt: ctx.clock.now(), deletedAt: null };
    await saveVersion(ctx, unit, back, "restored");
    const rule = ruleOf(back);
    record({ kind: "rule.created", target: ruleTarget(back), after: rule, data: { ruleId: id, ...told } });
    return { ...rule, hints: allHints };
  });
}
