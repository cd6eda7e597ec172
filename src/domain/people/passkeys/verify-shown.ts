import { verifyAuthenticationResponse } from "@simplewebauthn/server";
import { and, eq, lt, or, sql } from "drizzle-orm";
import type { PasskeyShown } from "@/contracts/people/passkey";
import { passkeys, users } from "@/db/schema";
import type { Ctx } from "@/domain/kernel";
import { takeChallenge } from "@/domain/people/challenges";
import type { UserRow } from "@/domain/people/users/user-of";
import type { PasskeyRow } from "./passkey-of";
import type { RelyingParty } from "./relying-party";

/** What is said of a passkey that was shown; `because` is for the audit log, never for who showed it. */
export type ShownVerdict =
  | { ok: true; user: UserRow; passkey: PasskeyRow }
  | { ok: false; user: UserRow | null; because: string };

/**
 * Judges a passkey that signed one of our challenges. The challenge is spent. A counter that does not go up means that
 * the key was copied: such a proof is refused, though its signature holds. Keys that sync never count, and stay at 0.
 */
export async function verifyShownPasskey(
  ctx: Ctx,
  shown: PasskeyShown,
  party: RelyingParty,
): Promise<ShownVerdict> {
  const [found] = await ctx.db.orm
    .select({ passkey: passkeys, user: users })
    .from(passkeys)
    .innerJoin(users, eq(users.id, passkeys.userId))
    .where(eq(passkeys.credentialId, shown.id));
  if (!found) return { ok: false, user: null, because: "unknown passkey" };
  const { passkey, user } = found;
  const no = (because: string) => ({ ok: false as const, user, because });
  const counter = await counterOf(ctx, shown, party, passkey);
  if (counter === null) return no("passkey not verified");

  // In one statement, so that of two proofs with the same count at the same moment one is refused.
  const [used] = await ctx.db.orm
    .update(passkeys)
    .set({ counter, lastUsedAt: ctx.clock.now() })
    .where(
      and(
        eq(passkeys.id, passkey.id),
        or(lt(passkeys.counter, counter), and(eq(passkeys.counter, 0), sql`${counter} = 0`)),
      ),
    )
    .returning();
  return used ? { ok: true, user, passkey: used } : no("passkey counter went backwards");
}

/** The authenticator's count of a proof that holds, null for one that doesn't. */
async function counterOf(
  ctx: Ctx,
  shown: PasskeyShown,
  party: RelyingParty,
  passkey: PasskeyRow,
): Promise<number | null> {
  const owner = Buffer.from(passkey.userId).toString("base64url");
  if (shown.response.userHandle !== undefined && shown.response.userHandle !== owner) return null;
  const { userHandle: _, ...response } = shown.response;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...shown, response },
      expectedChallenge: async (challenge) => {
        const taken = await takeChallenge(ctx, "passkey-login", challenge);
        return taken !== null && (taken.userId === null || taken.userId === passkey.userId);
      },
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
        // The count is judged where it is stored, after the signature: only a true proof tells of a copied key.
        counter: 0,
      },
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch (error) {
    ctx.log.info({ err: error, passkey: passkey.id }, "a passkey was not verified");
    return null;
  }
}
