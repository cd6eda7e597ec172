import { type Ctx, demand, transact } from "@/domain/kernel";
import { demandFreshFactor } from "@/domain/people/second-factor/demand-fresh-factor";
import { lockKeys, replaceKey } from "./signing-keys";

/** A fresh key signs from now on. Tokens of the one before stay valid until they run out, within minutes. */
export async function rotateSigningKey(ctx: Ctx): Promise<{ id: string; createdAt: string }> {
  demand(ctx, "settings:manage");
  await demandFreshFactor(ctx, "signing-key.rotate");
  return transact(ctx, async (unit) => {
    await lockKeys(unit.tx);
    const { id, createdAt } = await replaceKey(ctx, unit.tx);
    unit.record({
      kind: "security.secret_rotated",
      target: { kind: "signing-key", id, name: "Signing key of access tokens" },
    });
    return { id, createdAt: createdAt.toISOString() };
  });
}
