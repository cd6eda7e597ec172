import type { PasskeyShown } from "@/contracts/people/passkey";
import type { SecondFactorMethod } from "@/contracts/people/second-factor";
import { type Ctx, invalid, Refusal } from "@/domain/kernel";
import type { RelyingParty } from "@/domain/people/passkeys/relying-party";
import { verifyShownPasskey } from "@/domain/people/passkeys/verify-shown";
import type { UserRow } from "@/domain/people/users/user-of";
import { spendTotpCode } from "./spend-totp-code";
import { wrongCode } from "./wrong-code";

/** A second factor as it was shown. */
export type Proof = { code: string } | { passkey: PasskeyShown; party: RelyingParty };

/** What a person sent, as a proof; `party` is asked only for a passkey, since not every address can have them. */
export function proofOf(
  sent: { code?: string | undefined; passkey?: PasskeyShown | undefined },
  party: () => RelyingParty,
): Proof {
  if (sent.passkey) return { passkey: sent.passkey, party: party() };
  if (sent.code !== undefined) return { code: sent.code };
  throw invalid("Show a second factor: the code of your app, or a passkey.");
}

export const methodOf = (proof: Proof): SecondFactorMethod => ("code" in proof ? "totp" : "passkey");

/** Why the proof is not this user's, for the audit log; null when it is, and then it is spent. */
export async function faultOfProof(ctx: Ctx, user: UserRow, proof: Proof): Promise<string | null> {
  if ("code" in proof) return (await spendTotpCode(ctx, user.id, proof.code)) ? null : "wrong code";
  const verdict = await verifyShownPasskey(ctx, proof.passkey, proof.party);
  if (!verdict.ok) return verdict.because;
  return verdict.user.id === user.id ? null : "passkey of another user";
}

/** The answer to a proof that does not hold, in words for the person. */
export const wrongProof = (proof: Proof, code: "unauthenticated" | "forbidden") =>
  "code" in proof
    ? wrongCode(code)
    : new Refusal(code, "This passkey did not prove that it is you. Try it again, or show another factor.");
