import { eq } from "drizzle-orm";
import type { SentInvitation } from "@/contracts/people/invitation";
import { invitations } from "@/db/schema";
import { type Ctx, conflict, demand, transact } from "@/domain/kernel";
import type { Post } from "@/domain/people/password-resets";
import { demandFreshFactor } from "@/domain/people/second-factor/demand-fresh-factor";
import { sha256Hex } from "@/platform/crypto";
import { type InvitationRow, invitationOf, invitationTarget, lockedInvitation } from "./find";
import { sendInvitation } from "./send-invitation";

const dayMs = 86_400_000;

/** Sends an invitation again, expired or not, with a new link; the one before it opens nothing any more. */
export async function renewInvitation(
  ctx: Ctx,
  { id, expiresInDays }: { id: string; expiresInDays: number },
  post: Post,
): Promise<SentInvitation> {
  demand(ctx, "users:manage");
  const token = ctx.ids.secret("mci");
  const row = await transact(ctx, async (unit): Promise<InvitationRow> => {
    const before = await lockedInvitation(ctx, unit.tx, id);
    if (before.acceptedAt) throw conflict("This invitation was accepted: the person has an account.");
    if (before.revokedAt) throw conflict("This invitation was revoked. Invite the person anew.");
    if (before.role === "admin") await demandFreshFactor(ctx, "invitation.renew-admin");
    const expiresAt = new Date(ctx.clock.now().getTime() + expiresInDays * dayMs);
    const after = { ...before, hash: sha256Hex(token), expiresAt };
    await unit.tx.update(invitations).set({ hash: after.hash, expiresAt }).where(eq(invitations.id, id));
    unit.record({
      kind: "security.invitation_renewed",
      target: invitationTarget(after),
      before: { expiresAt: invitationOf(before).expiresAt },
      after: { expiresAt: invitationOf(after).expiresAt },
    });
    return after;
  });
  return sendInvitation(row, token, post);
}
