import type { Fact } from "@/contracts/facts";
import type { Ctx } from "@/domain/kernel";
import { concernsRules } from "../observe/observe-facts";

/**
 * Whether these facts of one account need a judgement. A command that succeeds is the commonest fact of all that
 * concern rules, and news only where one failed before: as long as no rule about failed commands knows of any, it is
 * not worth a transaction beside those that people wait for. Only the one evaluator makes such states: where there is
 * none now, there is nothing that these facts could end.
 */
export async function mayMatter(
  { db, account }: Pick<Ctx, "db" | "account">,
  facts: Fact[],
): Promise<boolean> {
  const concerning = facts.filter(concernsRules);
  if (concerning.some(({ kind }) => kind !== "command.succeeded")) return true;
  if (concerning.length === 0) return false;
  const [found] = await db.sql<{ any: boolean }[]>`
    select exists (
      select from rules r
      where r.account_id = ${account} and r.draft->'condition'->>'kind' = 'command-failed'
        and exists (select from alert_states s where s.rule_id = r.id)) as any`;
  return found?.any ?? true;
}
