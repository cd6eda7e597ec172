import { sql } from "drizzle-orm";
import { type Ctx, demand } from "@/domain/kernel";
import { unreadCount } from "./list-inbox";

/**
 * Everything up to this message has been seen by whoever says so; never less than before, and nothing that is not
 * there yet. Whatever one has read is one's own: there is no fact of it.
 */
export async function readInbox(ctx: Ctx, through: number): Promise<{ unread: number }> {
  demand(ctx, "board:read");
  await ctx.db.orm.execute(sql`
    insert into inbox_reads (user_id, account_id, through)
    select ${ctx.actor.id}, ${ctx.account}, least(${through}::bigint,
      coalesce((select max(id) from inbox_messages where account_id = ${ctx.account}), 0))
    on conflict (user_id) do update set through = greatest(inbox_reads.through, excluded.through)`);
  return { unread: await unreadCount(ctx) };
}
