import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { CreateInvitation, SentInvitation } from "@/contracts/people/invitation";
import { accounts, invitations } from "@/db/schema";
import { type Ctx, conflict, demand, transact, type Unit } from "@/domain/kernel";
import type { Post } from "@/domain/people/password-resets";
import { demandFreshFactor } from "@/domain/people/second-factor/demand-fresh-factor";
import { userByEmail } from "@/domain/people/users";
import { sha256Hex } from "@/platform/crypto";
import { type InvitationRow, invitationOf, invitationTarget } from "./find";
import { sendInvitation } from "./send-invitation";

const dayMs = 86_400_000;

/** Invites an address. The link is told this once and, when mail is on, mailed; only its hash is kept. */
export async function createInvitation(
  ctx: Ctx,
  input: CreateInvitation,
  post: Post,
): Promise<SentInvitation> {
  demand(ctx, "users:manage");
  if (input.role === "admin") await demandFreshFactor(ctx, "invitation.make-admin");
  const token = ctx.ids.secret("mci");
  const createdAt = ctx.clock.now();
  const row: InvitationRow = {
    id: ctx.ids.id("inv"),
    accountId: ctx.account,
    email: input.email,
    role: input.role,
    hash: sha256Hex(token),
    invitedBy: ctx.actor,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + input.expiresInDays * dayMs),
    acceptedAt: null,
    acceptedBy: null,
    revokedAt: null,
  };
  await transact(ctx, async (unit) => {
    await demandFreeAddress(ctx, unit, input.email);
    await unit.tx.insert(invitations).values(row);
    unit.record({
      kind: "security.invitation_created",
      target: invitationTarget(row),
      after: invitationOf(row),
    });
  });
  return sendInvitation(row, token, post);
}

async function demandFreeAddress(ctx: Ctx, unit: Unit, email: string): Promise<void> {
  // Two admins who invite one person at the same moment: one after the other.
  await unit.tx.select().from(accounts).where(eq(accounts.id, ctx.account)).for("update");
  const field = (message: string) => ({ fields: [{ path: "email", message }] });
  if (await userByEmail(unit.tx, email)) {
    throw conflict("There is a user with this e-mail address already.", field("is in use"));
  }
  const [open] = await unit.tx
    .select({ id: invitations.id })
    .from(invitations)
    .where(
      and(
        eq(invitations.accountId, ctx.account),
        eq(sql`lower(${invitations.email})`, email.toLowerCase()),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, ctx.clock.now()),
      ),
    );
  if (open) {
    throw conflict(
      "This address is invited already. Send that invitation again, or revoke it first.",
      field("is invited already"),
    );
  }
}
