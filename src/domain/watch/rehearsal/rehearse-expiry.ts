import { readEndings } from "../observe/endings";
import { judgeEnding, longGoneMs } from "../observe/expiry";
import { Fold } from "./fold";
import { nothingTold, type Stage, type Told } from "./stage";
import { watchingOf } from "./watching";

/**
 * What ends soon, as it is known now: since when it would have been told of follows from its end. What was renewed or
 * revoked meanwhile is not known any more.
 */
export async function rehearseExpiry({ ctx, rule, span, outcome }: Stage): Promise<Told> {
  const told = nothingTold();
  const watching = watchingOf(rule, "expiry");
  const { of, withinMs } = watching.condition;
  const endings = await ctx.db.orm.transaction((tx) =>
    readEndings(tx, {
      account: ctx.account,
      kinds: new Set(of),
      after: new Date(span.runUp.getTime() - longGoneMs),
      before: new Date(span.to.getTime() + withinMs),
      ids: [],
    }),
  );
  const fold = new Fold(ctx, rule, outcome);
  let already = 0;
  for (const ending of endings) {
    if (judgeEnding(watching, ending, span.to).truth !== "bad" || !ending.endsAt) continue;
    const warnedMs = Math.max(ending.endsAt.getTime() - withinMs, ending.createdAt.getTime());
    if (warnedMs < span.from.getTime()) already += 1;
    fold.see(judgeEnding(watching, ending, new Date(Math.max(warnedMs, span.runUp.getTime()))));
  }
  fold.end(span.to);
  told.notes.push(
    "Only what still exists is known: what was renewed or revoked meanwhile would have fired too.",
  );
  if (already > 0)
    told.notes.push(`${already} ended within the rule's time before that and would be firing already.`);
  return told;
}
