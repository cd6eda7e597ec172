import { eq } from "drizzle-orm";
import type { Fact } from "@/contracts/facts";
import type { Tx } from "@/db/client";
import { cursors } from "@/db/schema";
import { type Ctx, transact, type Unit } from "@/domain/kernel";
import { mostSeen } from "../observe/observation";
import { concernsRules, readFactsForRules } from "../observe/observe-facts";
import { newRuleOf, observePresent } from "../observe/observe-present";
import { readRules } from "../rules/find";
import type { RuleRow } from "../rules/view";
import { judgeParts } from "./judge";
import { blindnessOf, passBlindness } from "./pass-blindness";

/** Name of the reader's cursor; it moves in the transaction that does the work, so a crash repeats or loses nothing. */
const rulesCursor = "rules";

/** How far the rules have read the log; 0 at the very first start. */
export async function rulesCursorSeq(ctx: Pick<Ctx, "db">): Promise<number> {
  const [row] = await ctx.db.orm
    .select({ seq: cursors.seq })
    .from(cursors)
    .where(eq(cursors.name, rulesCursor));
  return row?.seq ?? 0;
}

/** Notes that the rules have read up to here and found nothing more to do. */
export async function passRulesCursor({ db }: Pick<Ctx, "db">, seq: number): Promise<void> {
  await db.sql`
    insert into cursors (name, seq) values (${rulesCursor}, ${seq})
    on conflict (name) do update set seq = greatest(cursors.seq, excluded.seq)`;
}

/**
 * Judges facts of one account, in order, by its rules: alerts, states, their facts and the cursor in one transaction.
 * Facts that the cursor has passed already are skipped, whoever passed it. Answers the `seq` up to which the facts
 * are done: less than the last one when they would have made more changes than one transaction takes.
 */
export function evaluateFacts(ctx: Ctx, facts: Fact[]): Promise<number> {
  const last = facts.at(-1);
  if (!last) return rulesCursorSeq(ctx);
  return transact(ctx, async (unit) => {
    const from = await lockCursor(unit.tx);
    const fresh = facts.filter((fact) => fact.seq > from && fact.account === ctx.account);
    const rows = fresh.length > 0 ? await readRules(ctx, unit.tx) : [];
    const doneSeq = rows.length > 0 ? await judgeFresh(ctx, unit, rows, fresh) : last.seq;
    return moveCursor(unit.tx, Math.max(from, doneSeq ?? last.seq));
  });
}

/**
 * Answers the last fact that was judged, null for all. Our own blindness parts the facts before it from those after;
 * a rule that begins to watch has a transaction of its own.
 */
async function judgeFresh(ctx: Ctx, unit: Unit, rows: RuleRow[], facts: Fact[]): Promise<number | null> {
  let rest = facts;
  while (rest.length > 0) {
    const turnAt = rest.findIndex((fact) => blindnessOf(fact) !== null || newRuleOf(fact) !== null);
    const seen = turnAt < 0 ? rest : rest.slice(0, turnAt);
    const { byFact, fleet } = await readFactsForRules(ctx, unit.tx, rows, seen);
    // What is said of hosts and the whole fleet comes first, so that the first message already is about all of it.
    const parts = [fleet, ...byFact.map(({ observations }) => observations)];
    const judged = await judgeParts(ctx, unit, rows, parts, { inLogOrder: true });
    if (judged < parts.length) return byFact[judged - 2]?.seq ?? null;
    const turn = turnAt < 0 ? undefined : rest[turnAt];
    if (!turn) return null;
    const blindness = blindnessOf(turn);
    if (!blindness) return turn === facts[0] ? judgePresent(ctx, unit, rows, facts) : turn.seq - 1;
    await passBlindness(ctx, unit.tx, blindness);
    rest = rest.slice(turnAt + 1);
  }
  return null;
}

/**
 * Lets the rules that begin to watch with the first of these facts look at what is there already. Where there is more
 * of it than one transaction takes, the same facts are to be judged again: what is open by then is left out.
 */
async function judgePresent(ctx: Ctx, unit: Unit, rows: RuleRow[], facts: Fact[]): Promise<number> {
  const other = facts.findIndex((fact) => concernsRules(fact) && newRuleOf(fact) === null);
  const begins = other < 0 ? facts : facts.slice(0, other);
  const seen = await observePresent(ctx, unit.tx, rows, begins, mostSeen);
  await judgeParts(ctx, unit, rows, [seen], { inLogOrder: true });
  const [first, last] = [begins[0]?.seq ?? 0, begins.at(-1)?.seq ?? 0];
  return seen.length < mostSeen ? last : first - 1;
}

/** Locks the cursor: two evaluators at once, at a change of the lease, take turns and the second finds nothing left. */
async function lockCursor(tx: Tx): Promise<number> {
  await tx.insert(cursors).values({ name: rulesCursor, seq: 0 }).onConflictDoNothing();
  const [row] = await tx.select().from(cursors).where(eq(cursors.name, rulesCursor)).for("update");
  return row?.seq ?? 0;
}

async function moveCursor(tx: Tx, seq: number): Promise<number> {
  await tx.update(cursors).set({ seq }).where(eq(cursors.name, rulesCursor));
  return seq;
}
