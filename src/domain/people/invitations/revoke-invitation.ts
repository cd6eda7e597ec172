import { eq } from "drizzle-orm";
import type { Invitation } from "@/contracts/people/invitation";
import { invitations } from "@/db/schema";
import { type Ctx, conflict, demand, transact } from "@/domain/kernel";
import { invitationOf, invitationTarget, lockedInvitation } from "./find";

/** The link opens nothing from now on; revoking again changes nothing. */
export async function revokeInvitation(ctx: Ctx, id: string): Promise<Invitation> {
  demand(ctx, "users:manage");
  return transact(ctx, async (unit) => {
    const row = await lockedInvitation(ctx, unit.tx, id);
    if (row.acceptedAt) {
      throw conflict("This invitation was accepted already. Switch the person off instead.");
    }
    if (row.revokedAt) return invitationOf(row);
    const revokedAt = ctx.clock.now();
    await unit.tx.update(invitations).set({ revokedAt }).where(eq(invitations.id, id));
    unit.record({
      kind: "security.invitation_revoked",
      target: invitationTarget(row),
      after: { revokedAt: revokedAt.toISOString() },
    });
    return invitationOf({ ...row, revokedAt });
  });
}
