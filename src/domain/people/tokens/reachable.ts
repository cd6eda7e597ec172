import { and, eq } from "drizzle-orm";
import { apiTokens } from "@/db/schema";
import { type Ctx, may } from "@/domain/kernel";

/** One's own tokens; those who manage users see and revoke everyone's in the account. */
export function reachable(ctx: Ctx) {
  const managesUsers = may(ctx, "users:manage");
  return and(
    eq(apiTokens.accountId, ctx.account),
    managesUsers ? undefined : eq(apiTokens.createdBy, ctx.actor.id),
  );
}
