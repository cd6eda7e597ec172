import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { AlertPolicy } from "@/contracts/watch/policy";
import type { Tx } from "@/db/client";
import { channels, rules } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { openSilences } from "@/domain/watch/silences/open-silences";
import { policyInForce } from "../policy/find-policy";
import { type RoutedRule, routesById } from "../stages/route";
import { kindsOfMany } from "../stages/speaks-for";
import type { OpenChannel, World } from "../stages/stage";
import { activeInhibitions } from "./active-inhibitions";
import type { TellingRule } from "./tellable";

/** What decides about telling in an account, as of one moment. */
export type Setting = {
  policy: AlertPolicy;
  routes: ReturnType<typeof routesById>;
  /** Those that say anything about telling: channels of their own, quiet hours, or that they are about many agents. */
  rules: ReadonlyMap<string, RoutedRule & TellingRule>;
  world: World;
};

type Reader = Tx | Ctx["db"]["orm"];

/** Reads all of it; `policy` stands in for the one in force when somebody tries out another. */
export async function readSetting(ctx: Ctx, db: Reader, draft?: AlertPolicy): Promise<Setting> {
  const [stored, ruleRows, channelRows, silenceRows] = await Promise.all([
    policyInForce(ctx, db),
    db
      .select({ id: rules.id, draft: rules.draft })
      .from(rules)
      .where(
        and(
          eq(rules.accountId, ctx.account),
          isNull(rules.deletedAt),
          sql`(${rules.draft}->'channelIds' <> '[]' or ${rules.draft}->'quiet' <> '[]'
            or ${rules.draft}->'condition'->>'kind' in ${[...kindsOfMany]})`,
        ),
      ),
    db
      .select({ id: channels.id, name: channels.name, perMinute: channels.perMinute })
      .from(channels)
      .where(and(eq(channels.accountId, ctx.account), eq(channels.enabled, true), isNull(channels.deletedAt)))
      .orderBy(asc(channels.createdAt), asc(channels.id)),
    openSilences(ctx, db),
  ]);
  const policy = draft ?? stored.policy;
  const ruleById = new Map(
    ruleRows.map(({ id, draft: { name, channelIds, quiet, scope, except } }) => [
      id,
      { id, name, channelIds, quiet, watched: { scope, except } },
    ]),
  );
  return {
    policy,
    rules: ruleById,
    routes: routesById(policy, ruleById),
    world: {
      channels: new Map(channelRows.map((row): [string, OpenChannel] => [row.id, row])),
      silences: silenceRows.map((row) => ({ ...row, by: row.createdBy.name })),
      inhibitions: await activeInhibitions(ctx, db, policy.inhibitions),
    },
  };
}
