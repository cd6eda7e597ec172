import { and, asc, eq, gt, ilike, or } from "drizzle-orm";
import type { Page } from "@/contracts/kernel/page";
import type { FindUsers, User } from "@/contracts/people/user";
import { users } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import { userOf, userRow } from "./user-of";

/** Users of the account in order of creation; the cursor is the last one's id. `q`: a part of the name or address. */
export async function findUsers(ctx: Ctx, query: FindUsers): Promise<Page<User>> {
  demand(ctx, "users:manage");
  const rows = await ctx.db.orm
    .select()
    .from(users)
    .where(
      and(
        eq(users.accountId, ctx.account),
        query.cursor ? gt(users.id, query.cursor) : undefined,
        query.q
          ? or(ilike(users.name, containing(query.q)), ilike(users.email, containing(query.q)))
          : undefined,
      ),
    )
    .orderBy(asc(users.id))
    .limit(query.limit + 1);
  const items = rows.slice(0, query.limit).map(userOf);
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

/** The words as they are, wherever they stand: no pattern of the database is in them. */
const containing = (words: string) => `%${words.replace(/[\\%_]/g, "\\$&")}%`;

export async function findUser(ctx: Ctx, id: string): Promise<User> {
  demand(ctx, "users:manage");
  return userOf(await userRow(ctx, id));
}
