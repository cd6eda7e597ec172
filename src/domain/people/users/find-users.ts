import { and, asc, eq, gt, ilike, or } from "drizzle-orm";
import type { Page } from "@/contracts/kernel/page";
import type { FindUsers, Person } from "@/contracts/people/user";
import { users } from "@/db/schema";
import { type Ctx, demand, idCursor, notFound, pageById } from "@/domain/kernel";
import { personsOf } from "./person-of";
import { userRow } from "./user-of";

/** Users of the account in order of creation; the cursor is the last one's id. `q`: a part of the name or address. */
export async function findUsers(ctx: Ctx, query: FindUsers): Promise<Page<Person>> {
  demand(ctx, "users:manage");
  const after = idCursor(query.cursor);
  const rows = await ctx.db.orm
    .select()
    .from(users)
    .where(
      and(
        eq(users.accountId, ctx.account),
        after ? gt(users.id, after) : undefined,
        query.q
          ? or(
              ilike(users.name, containing(query.q)),
              ilike(users.email, containing(query.q)),
              ilike(users.username, containing(query.q)),
            )
          : undefined,
      ),
    )
    .orderBy(asc(users.id))
    .limit(query.limit + 1);
  const page = pageById(rows, query.limit, (row) => row);
  return { ...page, items: await personsOf(ctx, page.items) };
}

/** The words as they are, wherever they stand: no pattern of the database is in them. */
const containing = (words: string) => `%${words.replace(/[\\%_]/g, "\\$&")}%`;

export async function findUser(ctx: Ctx, id: string): Promise<Person> {
  demand(ctx, "users:manage");
  const [person] = await personsOf(ctx, [await userRow(ctx, id)]);
  if (!person) throw notFound("user");
  return person;
}
