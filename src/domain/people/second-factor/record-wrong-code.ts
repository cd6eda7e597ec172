import { type Ctx, transact } from "@/domain/kernel";
import { type UserRow, userTarget } from "@/domain/people/users/user-of";

/** The fact of a wrong code; `during` says what it was shown for. */
export async function recordWrongCode(
  ctx: Ctx,
  user: UserRow,
  ip: string | null,
  during: "sign-in" | "step-up",
): Promise<void> {
  const actor =
    ctx.actor.kind === "anonymous"
      ? { kind: "anonymous" as const, id: ip ?? "unknown", name: user.email }
      : ctx.actor;
  await transact({ ...ctx, account: user.accountId, actor }, async (unit) => {
    unit.record({
      kind: "security.second_factor_failed",
      target: userTarget(user),
      data: { method: "totp", during, ip },
    });
  });
}
