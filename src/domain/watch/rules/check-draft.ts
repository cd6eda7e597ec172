import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { RE2JS } from "re2js";
import { defaultStuckAfterMs } from "@/contracts/fleet/status";
import type { RuleDraft, RuleScope } from "@/contracts/watch/rule";
import type { Tx } from "@/db/client";
import { agents, channels, groups } from "@/db/schema";
import { type Ctx, invalid } from "@/domain/kernel";
import { durationText } from "../duration-text";

/** What is wrong with a draft: the field's path and a sentence. */
export type DraftFault = { path: (string | number)[]; message: string };

const minuteMs = 60_000;

/** What no schema can say of a draft by itself. Needs no database. */
export function faultsOfDraft({ condition, scope, except, noData }: RuleDraft): DraftFault[] {
  const faults: DraftFault[] = [];
  if (condition.kind === "log" && condition.regex) {
    const fault = patternFault(condition.pattern);
    if (fault) faults.push({ path: ["condition", "pattern"], message: fault });
  }
  if (noData === "alert" && condition.kind !== "metric")
    faults.push({
      path: ["noData"],
      message: "Only a rule about a metric can alert when there is no data; use “No heartbeat” for silence.",
    });
  if (except.some((scopeOf) => JSON.stringify(scopeOf) === JSON.stringify(scope)))
    faults.push({
      path: ["except"],
      message: "The exceptions take away the whole scope, so the rule would watch nobody.",
    });
  if (except.some(({ kind }) => kind === "all"))
    faults.push({ path: ["except"], message: "An exception of all agents leaves nobody to watch." });
  return faults;
}

/** Why a pattern is no RE2 expression, for people; null when it is one. */
function patternFault(pattern: string): string | null {
  try {
    RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    return null;
  } catch (error) {
    const why =
      error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : "it can't be read";
    return `The pattern is no RE2 expression (${why}). Look-around and back references don't exist there.`;
  }
}

/**
 * What is odd about a draft but may be meant: a group that does not exist yet, nobody with the tag, an agent that is
 * gone, times that are finer than what is measured.
 */
export async function hintsOfDraft(
  ctx: Pick<Ctx, "account" | "stuckAfterMs">,
  tx: Tx,
  draft: RuleDraft,
): Promise<string[]> {
  const hints = hintsOfTimes(ctx, draft);
  for (const scope of [draft.scope, ...draft.except]) {
    const hint = await hintOfScope(ctx, tx, scope);
    if (hint) hints.push(hint);
  }
  return [...new Set(hints)];
}

/** Of them those that need no database: what the times of a draft really come to. */
export function hintsOfTimes(
  { stuckAfterMs = defaultStuckAfterMs }: Pick<Ctx, "stuckAfterMs">,
  { condition, forMs }: Pick<RuleDraft, "condition" | "forMs">,
): string[] {
  const hints: string[] = [];
  if (condition.kind === "stuck" && condition.afterMs + forMs < stuckAfterMs) {
    const [floor, wish] = [stuckAfterMs, condition.afterMs + forMs].map(durationText);
    hints.push(
      `This server calls work stuck after ${floor} without progress (MC_STUCK_AFTER_MS), so the rule fires then, not after ${wish}.`,
    );
  }
  if (condition.kind === "metric" && forMs % minuteMs !== 0)
    hints.push("A metric is judged by whole minutes, so the time is rounded up to the next one.");
  if ("windowMs" in condition && forMs >= condition.windowMs)
    hints.push(
      "What is counted runs out of its window before it has lasted so long: it would hardly ever fire.",
    );
  return hints;
}

async function hintOfScope(
  { account }: Pick<Ctx, "account">,
  tx: Tx,
  scope: RuleScope,
): Promise<string | null> {
  if (scope.kind === "group") {
    const [group] = await tx
      .select({ id: groups.id })
      .from(groups)
      .where(and(eq(groups.accountId, account), eq(sql`lower(${groups.name})`, scope.group.toLowerCase())));
    return group ? null : `There is no group “${scope.group}” yet. Agents that join it are watched at once.`;
  }
  if (scope.kind === "tag") {
    const [agent] = await tx
      .select({ id: agents.id })
      .from(agents)
      .where(
        and(
          eq(agents.accountId, account),
          isNull(agents.removedAt),
          sql`${scope.tag.toLowerCase()} = any(${agents.tags})`,
        ),
      )
      .limit(1);
    return agent ? null : `No agent has the tag “${scope.tag}” yet. Those that get it are watched at once.`;
  }
  if (scope.kind === "agents") {
    const found = await tx
      .select({ id: agents.id })
      .from(agents)
      .where(
        and(eq(agents.accountId, account), isNull(agents.removedAt), inArray(agents.id, scope.agentIds)),
      );
    const gone = new Set(scope.agentIds).size - found.length;
    return gone > 0 ? `${gone === 1 ? "One agent" : `${gone} agents`} of the scope no longer exist.` : null;
  }
  return null;
}

/** Refuses a draft with faults; `details` names the fields. */
export function demandSound(draft: RuleDraft): void {
  const faults = faultsOfDraft(draft);
  const [first] = faults;
  if (!first) return;
  throw invalid(first.message, {
    fields: faults.map(({ path, message }) => ({ path: path.join("."), message })),
  });
}

/** Those of the channels that the account does not have (any more). */
export async function missingChannels(
  ctx: Pick<Ctx, "account">,
  tx: Tx,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await tx
    .select({ id: channels.id })
    .from(channels)
    .where(
      and(eq(channels.accountId, ctx.account), isNull(channels.deletedAt), inArray(channels.id, [...ids])),
    );
  const known = new Set(found.map(({ id }) => id));
  return ids.filter((id) => !known.has(id));
}

/** Refuses channels that the account does not have: a rule must not promise to tell nobody. */
export async function demandChannels(
  ctx: Pick<Ctx, "account">,
  tx: Tx,
  ids: readonly string[],
): Promise<void> {
  const missing = await missingChannels(ctx, tx, ids);
  if (missing.length > 0) {
    throw invalid("The rule names channels that do not exist any more. Choose among the ones there are.", {
      channelIds: missing,
    });
  }
}
