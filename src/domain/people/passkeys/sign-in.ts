import type { PasskeyRequest, PasskeyShown } from "@/contracts/people/passkey";
import type { User } from "@/contracts/people/user";
import { type Ctx, transact, unauthenticated } from "@/domain/kernel";
import { beginChallenge } from "@/domain/people/challenges";
import { type Attempts, beginSession, placeOf, unhurried, type Visitor } from "@/domain/people/sessions";
import { userOf, userTarget } from "@/domain/people/users";
import { ceremonyMs } from "./ceremony";
import type { RelyingParty } from "./relying-party";
import { type ShownVerdict, verifyShownPasskey } from "./verify-shown";

/** Asks for any passkey of this site, with neither a name nor a password: the passkey tells whose it is. */
export async function beginPasskeySignIn(ctx: Ctx, party: RelyingParty): Promise<PasskeyRequest> {
  const challenge = await beginChallenge(ctx, {
    kind: "passkey-login",
    userId: null,
    account: ctx.account,
    data: {},
    forMs: ceremonyMs,
  });
  return {
    rpId: party.id,
    challenge,
    timeout: ceremonyMs,
    allowCredentials: [],
    userVerification: "required",
  };
}

/**
 * Signs in by a passkey: it is held and unlocked by a finger or a PIN, so two factors are shown at once. Every refusal
 * has the same words and takes the same time; the audit log alone knows which it was.
 */
export async function finishPasskeySignIn(
  ctx: Ctx,
  shown: PasskeyShown,
  visitor: Visitor,
  attempts: Attempts,
  party: RelyingParty,
): Promise<{ user: User; token: string }> {
  return unhurried(ctx.clock, async () => {
    // The budget of the password form: trying both ways gives no second one.
    const place = placeOf(visitor.ip);
    await attempts.take(place);
    const verdict = await verifyShownPasskey(ctx, shown, party);
    if (!verdict.ok || verdict.user.disabledAt) {
      await recordFailure(ctx, verdict, visitor);
      throw unauthenticated(
        "This passkey did not open an account here. Try again, or sign in with your password.",
      );
    }
    await attempts.forget(place);
    const token = await beginSession(ctx, verdict.user, visitor, { cameBy: "passkey", steppedUp: true });
    return { user: userOf({ ...verdict.user, lastLoginAt: ctx.clock.now() }), token };
  });
}

async function recordFailure(ctx: Ctx, verdict: ShownVerdict, visitor: Visitor) {
  const { user } = verdict;
  const because = verdict.ok ? "disabled user" : verdict.because;
  const identifier = user?.email ?? "(a passkey that is not known)";
  const actor = { kind: "anonymous" as const, id: visitor.ip ?? "unknown", name: identifier };
  await transact({ ...ctx, account: user?.accountId ?? ctx.account, actor, role: null }, async (unit) => {
    unit.record({
      kind: "security.login_failed",
      target: user ? userTarget(user) : null,
      data: { identifier, because, ip: visitor.ip, userAgent: visitor.userAgent?.slice(0, 300) ?? null },
    });
  });
}
