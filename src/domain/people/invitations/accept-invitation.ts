import { and, eq, gt, isNull } from "drizzle-orm";
import type { AcceptInvitation } from "@/contracts/people/invitation";
import { invitations } from "@/db/schema";
import { type Ctx, type Ground, Refusal, transact } from "@/domain/kernel";
import { newRecoveryCodes, replaceRecoveryCodes } from "@/domain/people/second-factor/make-recovery-codes";
import { type Attempts, placeOf, unhurried, type Visitor } from "@/domain/people/sessions";
import { insertUser, newPasswordHash, type UserRow } from "@/domain/people/users";
import { sha256Hex } from "@/platform/crypto";
import { type InvitationRow, invitationOf, invitationTarget } from "./find";

const gone = () =>
  new Refusal(
    "not-found",
    "This invitation opens nothing any more: it was used, has expired, was revoked or sent again, or the link is not whole. Ask whoever invited you to send it again.",
    { link: "gone" },
  );

/** What the page of a link shows: for whom, as what, from whom. */
export async function lookAtInvitation(ctx: Ctx, token: string, visitor: Visitor, attempts: Attempts) {
  return unhurried(ctx.clock, async () => {
    const { email, role, invitedBy, expiresAt } = invitationOf(await byToken(ctx, token, visitor, attempts));
    return { email, role, invitedBy, expiresAt };
  });
}

/**
 * Makes the user of an invitation with the name and the password that the person chose; the link is used up by it. A
 * weak password leaves it as it was. Answers ten recovery codes, shown this once.
 */
export async function acceptInvitation(
  ctx: Ctx,
  { token, name, password }: AcceptInvitation,
  visitor: Visitor,
  attempts: Attempts,
): Promise<{ user: UserRow; recoveryCodes: string[] }> {
  return unhurried(ctx.clock, async () => {
    const { id, email, role, accountId } = await byToken(ctx, token, visitor, attempts);
    const passwordHash = await newPasswordHash({ email, name, password });
    const actor = { kind: "anonymous" as const, id: visitor.ip ?? "unknown", name: email };
    const asInvited: Ctx = { ...ctx, account: accountId, actor, role: null };
    const codes = await newRecoveryCodes(ctx);
    return transact(asInvited, async (unit) => {
      const acceptedAt = ctx.clock.now();
      // Of two browsers with one link, the second finds it used; one that was revoked meanwhile, too.
      const [used] = await unit.tx
        .update(invitations)
        .set({ acceptedAt })
        .where(and(eq(invitations.id, id), isOpen(ctx, token)))
        .returning();
      if (!used) throw gone();
      const user = await insertUser(asInvited, unit, { email, name, role, passwordHash });
      await unit.tx.update(invitations).set({ acceptedBy: user.id }).where(eq(invitations.id, id));
      unit.record({
        kind: "security.invitation_accepted",
        target: invitationTarget(used),
        after: { acceptedAt: acceptedAt.toISOString() },
        data: { user: user.id, role, ip: visitor.ip },
      });
      await replaceRecoveryCodes(asInvited, unit, user, codes.hashes);
      return { user, recoveryCodes: codes.plain };
    });
  });
}

/** Wrong links are counted for each place; a link that holds is not. */
async function byToken(
  ctx: Ctx,
  token: string,
  visitor: Visitor,
  attempts: Attempts,
): Promise<InvitationRow> {
  const key = `invitation ${placeOf(visitor.ip)}`;
  await attempts.take(key, "login");
  const [row] = await ctx.db.orm.select().from(invitations).where(isOpen(ctx, token));
  if (!row) throw gone();
  await attempts.forget(key, "login");
  return row;
}

const isOpen = ({ clock }: Pick<Ground, "clock">, token: string) =>
  and(
    eq(invitations.hash, sha256Hex(token)),
    isNull(invitations.acceptedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, clock.now()),
  );
