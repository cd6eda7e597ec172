import { verifyRegistrationResponse } from "@simplewebauthn/server";
import type { Passkey, PasskeyMade } from "@/contracts/people/passkey";
import { passkeys } from "@/db/schema";
import { type Ctx, conflict, forbidden, invalid, isDuplicate, transact } from "@/domain/kernel";
import { takeChallenge } from "@/domain/people/challenges";
import { userRow, userTarget } from "@/domain/people/users";
import { type PasskeyRow, passkeyOf } from "./passkey-of";
import type { RelyingParty } from "./relying-party";

/** Keeps the passkey that the browser made. The challenge is spent whether or not the answer holds. */
export async function finishPasskeyRegistration(
  ctx: Ctx,
  made: PasskeyMade,
  party: RelyingParty,
): Promise<Passkey> {
  if (ctx.actor.kind !== "user") throw forbidden("Only a signed-in person can have a passkey.");
  const user = await userRow(ctx, ctx.actor.id);
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
  try {
    await transact(ctx, async (unit) => {
      await unit.tx.insert(passkeys).values(row);
      unit.record({
        kind: "security.second_factor_added",
        target: userTarget(user),
        data: { method: "passkey", passkey: row.id, name },
      });
    });
  } catch (error) {
    if (isDuplicate(error, "passkeys_credential_id_unique")) {
      throw conflict("This passkey is registered already. Nothing was changed.");
    }
    throw error;
  }
  return passkeyOf(row);
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
