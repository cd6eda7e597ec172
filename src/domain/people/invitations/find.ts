import { and, desc, eq, lt } from "drizzle-orm";
import type { Target } from "@/contracts/kernel/actor";
import type { Page, PageQuery } from "@/contracts/kernel/page";
import type { Invitation } from "@/contracts/people/invitation";
import type { Tx } from "@/db/client";
import { invitations } from "@/db/schema";
import { type Ctx, demand, idCursor, notFound, pageById } from "@/domain/kernel";

export type InvitationRow = typeof invitations.$inferSelect;

/** A stored invitation in the words of the contract: neither its link nor the hash of it. */
export function invitationOf(row: InvitationRow): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    invitedBy: row.invitedBy.name,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}

export const invitationTarget = (row: { id: string; email: string }): Target => ({
  kind: "invitation",
  id: row.id,
  name: row.email,
});

/** Invitations of the account, the newest first, those that are over too; the cursor is the last one's id. */
export async function findInvitations(ctx: Ctx, query: PageQuery): Promise<Page<Invitation>> {
  demand(ctx, "users:manage");
  const before = idCursor(query.cursor);
  const rows = await ctx.db.orm
    .select()
    .from(invitations)
    .where(and(eq(invitations.accountId, ctx.account), before ? lt(invitations.id, before) : undefined))
    .orderBy(desc(invitations.id))
    .limit(query.limit + 1);
  return pageById(rows, query.limit, invitationOf);
}

/** The invitation of this account, locked until the unit ends. */
export async function lockedInvitation(ctx: Ctx, tx: Tx, id: string): Promise<InvitationRow> {
  const [row] = await tx
    .select()
    .from(invitations)
    .where(and(eq(invitations.accountId, ctx.account), eq(invitations.id, id)))
    .for("update");
  if (!row) throw notFound("invitation");
  return row;
}
