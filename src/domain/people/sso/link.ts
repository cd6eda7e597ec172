import { and, eq, gt } from "drizzle-orm";
import { z } from "zod";
import { roleSchema } from "@/contracts/people/role";
import type { User } from "@/contracts/people/user";
import { challenges, identities } from "@/db/schema";
import { type Ctx, Refusal, transact, unauthenticated } from "@/domain/kernel";
import { takeChallenge } from "@/domain/people/challenges";
import { askSecondFactor, type SecondFactorNext } from "@/domain/people/second-factor/ask-second-factor";
import { faultOfProof, methodOf, type Proof, wrongProof } from "@/domain/people/second-factor/proof";
import { recordWrongProof } from "@/domain/people/second-factor/record-wrong-proof";
import { type Attempts, beginSession, placeOf, unhurried, type Visitor } from "@/domain/people/sessions";
import { countWrongPassword, demandUnlocked, forgetWrongPasswords } from "@/domain/people/sessions/lockout";
import { rehashPassword, type UserRow, userOf, userRow, userTarget } from "@/domain/people/users";
import { sha256Hex, verifyPassword } from "@/platform/crypto";
import { withRole } from "./admit";
import { ssoActor } from "./finish";
import { keepRefreshToken, refreshPurpose } from "./keep-refresh-token";

const keptSchema = z.object({
  issuer: z.string(),
  subject: z.string(),
  email: z.string(),
  role: roleSchema,
  to: z.string(),
  endsBy: z.coerce.date(),
  sealedRefreshToken: z.string().nullable(),
});

/**
 * Joins a local user and an identity of the same verified address, once that user has shown the local password, and
 * the local second factor where there is one: without `proof` the answer asks for it, and all comes again. From then on
 * the identity provider's groups decide the role. A wrong password may be tried again within the limits.
 */
export async function linkSso(
  ctx: Ctx,
  input: { token: string; password: string; proof: Proof | null },
  visitor: Visitor,
  attempts: Attempts,
): Promise<{ user: User; to: string; session: string } | SecondFactorNext> {
  return unhurried(ctx.clock, async () => {
    const place = placeOf(visitor.ip);
    await attempts.take(place, "login");
    const begun = await begunLink(ctx, input.token);
    if (!begun?.userId) throw over();
    const key = `password of ${begun.userId}`;
    await attempts.take(key, "login");
    const own: Ctx = { ...ctx, account: begun.accountId, actor: ssoActor, role: null };
    const local = await userRow(own, begun.userId);
    const matches = await verifyPassword(local.passwordHash ?? "", input.password);
    if (matches) demandUnlocked(own, local);
    if (!matches || local.disabledAt) {
      const actor = { kind: "anonymous" as const, id: visitor.ip ?? "unknown", name: local.email };
      await transact({ ...own, actor }, async (unit) => {
        const because = matches ? "disabled user" : "wrong password";
        const data = { identifier: local.email, because, at: "sso-link", ip: visitor.ip };
        if (!matches) await countWrongPassword(own, unit, local, visitor.ip);
        unit.record({ kind: "security.login_failed", target: userTarget(local), data });
      });
      throw new Refusal("forbidden", "This is not the password of the account here; nothing was joined.", {
        fields: [{ path: "password", message: "is not the password of your account here" }],
      });
    }
    const next = await askSecondFactor(own, local);
    if (next && !input.proof) {
      await attempts.forget(key, "login");
      await attempts.forget(place, "login");
      return next;
    }
    if (next && input.proof) await demandProof(own, local, input.proof, visitor, attempts);
    const kept = keptSchema.parse(begun.data);
    await transact({ ...own, actor: { kind: "user", id: local.id, name: local.name } }, async (unit) => {
      if (!(await takeChallenge(own, "sso-link", input.token, unit.tx))) throw over();
      const now = ctx.clock.now();
      const { issuer, subject, email } = kept;
      await unit.tx.insert(identities).values({
        issuer,
        subject,
        accountId: own.account,
        userId: local.id,
        email,
        linkedAt: now,
        lastSeenAt: now,
      });
      unit.record({
        kind: "security.sso_linked",
        target: userTarget(local),
        data: { issuer, subject, email },
      });
    });
    await attempts.forget(key, "login");
    await attempts.forget(place, "login");
    await forgetWrongPasswords(own, local);
    await rehashPassword(own, local, input.password);
    const user = await withRole(own, local, kept.role);
    const session = await beginSession(ctx, user, visitor, {
      cameBy: "sso",
      endsBy: kept.endsBy,
      steppedUp: next !== null,
    });
    if (kept.sealedRefreshToken) {
      const refreshToken = own.sealer.open(kept.sealedRefreshToken, refreshPurpose);
      await keepRefreshToken(own, session, user, kept, refreshToken);
    }
    return { user: userOf(user), to: kept.to, session };
  });
}

/** Counted with the proofs of signing in, so that this way gives no further tries. */
async function demandProof(ctx: Ctx, local: UserRow, proof: Proof, { ip }: Visitor, attempts: Attempts) {
  const key = `second factor of ${local.id}`;
  await attempts.take(key);
  const because = await faultOfProof(ctx, local, proof);
  if (because !== null) {
    await recordWrongProof(ctx, local, { method: methodOf(proof), during: "sso-link", because, ip });
    throw wrongProof(proof, "forbidden");
  }
  await attempts.forget(key);
}

async function begunLink(ctx: Ctx, token: string) {
  const [found] = await ctx.db.orm
    .select()
    .from(challenges)
    .where(
      and(
        eq(challenges.hash, sha256Hex(token)),
        eq(challenges.kind, "sso-link"),
        gt(challenges.expiresAt, ctx.clock.now()),
      ),
    );
  return found;
}

const over = () =>
  unauthenticated(
    "This took longer than ten minutes, or was finished already. Start again from the sign-in page.",
  );
