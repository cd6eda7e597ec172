import { and, desc, eq, inArray, lt } from "drizzle-orm";
import type { z } from "zod";
import type { PageQuery } from "@/contracts/kernel/page";
import { type Role, roles } from "@/contracts/people/role";
import type { inboxSchema } from "@/contracts/watch/inbox";
import { inboxMessages, inboxReads } from "@/db/schema";
import { type Ctx, demand, numberCursor } from "@/domain/kernel";

/** Beyond this nobody counts. */
const mostCounted = 1_000;

/** Messages of the inbox that whoever asks may see, newest first, with how many are unread. */
export async function listInbox(
  ctx: Ctx,
  { cursor, limit }: PageQuery,
): Promise<z.infer<typeof inboxSchema>> {
  demand(ctx, "board:read");
  const before = numberCursor(cursor);
  const through = await readThrough(ctx);
  const [rows, unread] = await Promise.all([
    ctx.db.orm
      .select()
      .from(inboxMessages)
      .where(and(visibleTo(ctx), before === null ? undefined : lt(inboxMessages.id, before)))
      .orderBy(desc(inboxMessages.id))
      .limit(limit + 1),
    unreadCount(ctx, through),
  ]);
  const items = rows.slice(0, limit).map(({ id, at, event, severity, title, body, link }) => {
    return { id, at: at.toISOString(), event, severity, title, body, link, read: id <= through };
  });
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? String(last.id) : null, unread };
}

/** Messages after the last one that the person has seen, a thousand at most. */
export async function unreadCount(ctx: Ctx, through?: number): Promise<number> {
  demand(ctx, "board:read");
  const seen = through ?? (await readThrough(ctx));
  const role = rolesUpTo(ctx.role);
  const [row] = await ctx.db.sql<{ count: number }[]>`
    select count(*)::int as count from (
      select 1 from inbox_messages
      where account_id = ${ctx.account} and id > ${seen} and role = any(${role}) limit ${mostCounted}) as unread`;
  return row?.count ?? 0;
}

/** Id of the newest message that the person has seen; a program has seen none. */
async function readThrough(ctx: Ctx): Promise<number> {
  const [row] = await ctx.db.orm
    .select({ through: inboxReads.through })
    .from(inboxReads)
    .where(and(eq(inboxReads.userId, ctx.actor.id), eq(inboxReads.accountId, ctx.account)));
  return row?.through ?? 0;
}

function visibleTo(ctx: Ctx) {
  return and(eq(inboxMessages.accountId, ctx.account), inArray(inboxMessages.role, rolesUpTo(ctx.role)));
}

/** A message is for its role and those above: these are the roles whose messages somebody sees. */
function rolesUpTo(role: Role | null): Role[] {
  return role === null ? [] : roles.slice(0, roles.indexOf(role) + 1);
}
