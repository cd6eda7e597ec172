import { verifyRegistrationResponse } from "@simplewebauthn/server";
import { eq } from "drizzle-orm";
import type { Passkey, PasskeyMade } from "@/contracts/people/passkey";
import { passkeys, recoveryCodes, sessions } from "@/db/schema";
import { type Ctx, conflict, invalid, isDuplicate, transact } from "@/domain/kernel";
import { takeChallenge } from "@/domain/people/challenges";
import { endSessions } from "@/domain/people/second-factor/end-sessions";
import { newRecoveryCodes, replaceRecoveryCodes } from "@/domain/people/second-factor/make-recovery-codes";
import { ownUser } from "@/domain/people/second-factor/own-user";
import { userTarget } from "@/domain/people/users/user-of";
import { type PasskeyRow, passkeyOf } from "./passkey-of";
import type { RelyingParty } from "./relying-party";

/**
 * Keeps the passkey that the browser made; from now on the password alone opens nothing. The challenge is spent whether
 * or not the answer holds. Who has no recovery codes gets ten, shown this once: a lost device must not shut its owner
 * out. Other sessions end, since they were begun without it; this one counts as fresh.
 */
export async function finishPasskeyRegistration(
  ctx: Ctx,
  made: PasskeyMade,
  party: RelyingParty,
): Promise<Passkey & { recoveryCodes: string[] | null }> {
  const { user, sessionId } = await ownUser(ctx);
  const { name, info } = await verified(ctx, made, party);
  const row: PasskeyRow = {
    id: ctx.ids.id("psk"),
    accountId: ctx.account,
    userId: user.id,
    credentialId: info.credential.id,
    publicKey: Buffer.from(info.credential.publicKey).toString("base64url"),
    counter: info.credential.counter,
    transports: made.response.transports,
    backedUp: info.credentialBackedUp,
    name,
    createdAt: ctx.clock.now(),
    lastUsedAt: null,
  };
  const codes = (await hasRecoveryCodes(ctx, user.id)) ? null : await newRecoveryCodes(ctx);
  try {
    await transact(ctx, async (unit) => {
      await unit.tx.insert(passkeys).values(row);
      await unit.tx.update(sessions).set({ stepUpAt: row.createdAt }).where(eq(sessions.id, sessionId));
      if (codes) await replaceRecoveryCodes(ctx, unit, user, codes.hashes);
      const sessionsEnded = await endSessions(ctx, unit, user.id, sessionId);
      unit.record({
        kind: "security.second_factor_added",
        target: userTarget(user),
        data: { method: "passkey", passkey: row.id, name, sessionsEnded },
      });
    });
  } catch (error) {
    if (isDuplicate(error, "passkeys_credential_id_unique")) {
      throw conflict("This passkey is registered already. Nothing was changed.");
    }
    throw error;
  }
  return { ...passkeyOf(row), recoveryCodes: codes?.plain ?? null };
}

async function hasRecoveryCodes(ctx: Ctx, userId: string): Promise<boolean> {
  const rows = await ctx.db.orm
    .select({ id: recoveryCodes.id })
    .from(recoveryCodes)
    .where(eq(recoveryCodes.userId, userId))
    .limit(1);
  return rows.length > 0;
}

async function verified(ctx: Ctx, made: PasskeyMade, party: RelyingParty) {
  let name = "";
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: made,
      expectedChallenge: async (challenge) => {
        const taken = await takeChallenge(ctx, "passkey-registration", challenge);
        name = String(taken?.data.name ?? "");
        return taken?.userId === ctx.actor.id;
      },
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    });
    if (registrationInfo) return { name, info: registrationInfo };
  } catch (error) {
    ctx.log.info({ err: error }, "a new passkey was not verified");
  }
  throw invalid(
    "The passkey could not be verified, so it was not kept. Begin again; if it happens twice, try another device or browser.",
  );
}
