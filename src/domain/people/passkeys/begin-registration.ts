import { generateRegistrationOptions } from "@simplewebauthn/server";
import { asc, eq } from "drizzle-orm";
import type { PasskeyCreation } from "@/contracts/people/passkey";
import { passkeys } from "@/db/schema";
import { type Ctx, conflict } from "@/domain/kernel";
import { beginChallenge } from "@/domain/people/challenges";
import { ownUser } from "@/domain/people/second-factor/own-user";
import type { Attempts } from "@/domain/people/sessions/attempts";
import { ceremonyMs } from "./ceremony";
import { demandFreshProof } from "./fresh-proof";
import { descriptorOf } from "./passkey-of";
import { partyName, type RelyingParty } from "./relying-party";

/** More than anyone has; an open browser must not fill the table. */
const mostPasskeys = 20;

/**
 * Begins a new passkey of the person who asks, after a fresh proof that it is that person: the answer is what the
 * browser needs. Passkeys that the person has are excluded, so that one device is not registered twice.
 */
export async function beginPasskeyRegistration(
  ctx: Ctx,
  input: { name: string; password?: string | undefined },
  attempts: Attempts,
  party: RelyingParty,
): Promise<PasskeyCreation> {
  const { user, sessionId } = await ownUser(ctx);
  await demandFreshProof(ctx, user, input.password, sessionId, attempts);
  const has = await ctx.db.orm
    .select()
    .from(passkeys)
    .where(eq(passkeys.userId, user.id))
    .orderBy(asc(passkeys.id));
  if (has.length >= mostPasskeys) {
    throw conflict(`You have ${mostPasskeys} passkeys already. Remove one that you no longer use first.`);
  }
  const challenge = await beginChallenge(ctx, {
    kind: "passkey-registration",
    userId: user.id,
    account: ctx.account,
    data: { name: input.name },
    forMs: ceremonyMs,
  });
  const options = await generateRegistrationOptions({
    rpName: partyName,
    rpID: party.id,
    userID: new TextEncoder().encode(user.id),
    userName: user.email,
    userDisplayName: user.name,
    challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
    timeout: ceremonyMs,
  });
  return {
    rp: { id: party.id, name: partyName },
    user: options.user,
    challenge: options.challenge,
    pubKeyCredParams: options.pubKeyCredParams.map(({ alg }) => ({ type: "public-key", alg })),
    timeout: ceremonyMs,
    excludeCredentials: has.map(descriptorOf),
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
    attestation: "none",
  };
}
