import { and, eq, gt } from "drizzle-orm";
import type { PasskeyRequest } from "@/contracts/people/passkey";
import { challenges } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { askPasskeyOf } from "@/domain/people/passkeys/ask-passkey-of";
import type { RelyingParty } from "@/domain/people/passkeys/relying-party";
import { unhurried } from "@/domain/people/sessions/unhurried";
import { sha256Hex } from "@/platform/crypto";
import { over } from "./finish-login";
import { ownUser } from "./own-user";

/** Asks for a passkey of the person whose sign-in waits behind the ticket. The ticket stays good. */
export async function askPasskeyForLogin(
  ctx: Ctx,
  ticket: string,
  party: RelyingParty,
): Promise<PasskeyRequest> {
  return unhurried(ctx.clock, async () => {
    const [waiting] = await ctx.db.orm
      .select({ userId: challenges.userId })
      .from(challenges)
      .where(
        and(
          eq(challenges.hash, sha256Hex(ticket)),
          eq(challenges.kind, "second-factor"),
          gt(challenges.expiresAt, ctx.clock.now()),
        ),
      );
    if (!waiting?.userId) throw over();
    return askPasskeyOf(ctx, waiting.userId, party);
  });
}

/** Asks the signed-in person for one of their passkeys, before the most dangerous acts. */
export async function askPasskeyForStepUp(ctx: Ctx, party: RelyingParty): Promise<PasskeyRequest> {
  const { user } = await ownUser(ctx);
  return askPasskeyOf(ctx, user.id, party);
}
