import type { SecondFactorMethod } from "@/contracts/people/second-factor";
import { type Ctx, transact } from "@/domain/kernel";
import { type UserRow, userTarget } from "@/domain/people/users/user-of";

/** The fact of a proof that did not hold; `during` says what it was shown for. */
export async function recordWrongProof(
  ctx: Ctx,
  user: UserRow,
  data: {
    method: SecondFactorMethod;
    during: "sign-in" | "step-up" | "sso-link";
    because: string;
    ip: string | null;
  },
): Promise<void> {
  const actor =
    ctx.actor.kind === "anonymous"
      ? { kind: "anonymous" as const, id: data.ip ?? "unknown", name: user.email }
      : ctx.actor;
  await transact({ ...ctx, account: user.accountId, actor }, async (unit) => {
    unit.record({
      kind: "security.second_factor_failed",
      target: userTarget(user),
      data,
    });
  });
}
