import { asc, eq } from "drizzle-orm";
import type { PasskeyRequest } from "@/contracts/people/passkey";
import { passkeys } from "@/db/schema";
import { type Ctx, conflict } from "@/domain/kernel";
import { beginChallenge } from "@/domain/people/challenges";
import { ceremonyMs } from "./ceremony";
import { descriptorOf } from "./passkey-of";
import type { RelyingParty } from "./relying-party";

/** Asks one known person for one of their passkeys: the challenge is good for nobody else. */
export async function askPasskeyOf(ctx: Ctx, userId: string, party: RelyingParty): Promise<PasskeyRequest> {
  const has = await ctx.db.orm
    .select()
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.id));
  const [first] = has;
  if (!first) throw conflict("There is no passkey to show here. Use the code of your app.");
  const challenge = await beginChallenge(ctx, {
    kind: "passkey-login",
    userId,
    account: first.accountId,
    data: {},
    forMs: ceremonyMs,
  });
  return {
    rpId: party.id,
    challenge,
    timeout: ceremonyMs,
    allowCredentials: has.map(descriptorOf),
    userVerification: "required",
  };
}
