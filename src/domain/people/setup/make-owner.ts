import { rmSync } from "node:fs";
import type { NewOwner } from "@/contracts/people/setup";
import type { User } from "@/contracts/people/user";
import { type Ctx, type Ground, Refusal, systemCtx, transact, type Unit } from "@/domain/kernel";
import { takeChallenge } from "@/domain/people/challenges";
import { demandGoodPassword } from "@/domain/people/passwords";
import { newRecoveryCodes, replaceRecoveryCodes } from "@/domain/people/second-factor/make-recovery-codes";
import { type Attempts, placeOf, unhurried, type Visitor } from "@/domain/people/sessions";
import { insertUser, newPasswordHash, type UserRow, userOf, userTarget } from "@/domain/people/users";
import { demandNobody, isAnybodyThere } from "./demand-nobody";
import { isSetupNeeded, setupCodeFile } from "./setup-code";
import { demandCode, forgetSetup } from "./setup-session";

/** What opens the setup: the session of this browser, or the code itself for programs. */
export type SetupProof = { session: string | null; code?: string | undefined };

/**
 * Makes the first owner, an admin, for whoever holds the setup session or the code; refuses once there is any user.
 * Codes and sessions are void after it. Answers ten recovery codes, shown this once. A weak password leaves all as it
 * was and costs no try; other refusals are limited: three an hour for each address.
 */
export async function setUp(
  ctx: Ctx,
  { code, ...owner }: NewOwner,
  session: string | null,
  visitor: Visitor,
  attempts: Attempts,
  dataDir: string,
): Promise<{ owner: UserRow; recoveryCodes: string[] }> {
  return unhurried(ctx.clock, async () => {
    demandGoodPassword(owner.password, owner);
    const place = placeOf(visitor.ip);
    await attempts.take(place, "register");
    // The slow part stays outside the transaction; a wrong code pays for it too, which slows guessing.
    const [passwordHash, codes] = await Promise.all([newPasswordHash(owner), newRecoveryCodes(ctx)]);
    const asSystem = { ...systemCtx(ctx), requestId: ctx.requestId };
    const made = await transact(asSystem, async (unit) => {
      await demandNobody(unit);
      await demandProof(asSystem, unit, { session, code });
      await forgetSetup(unit.tx);
      const by = code === undefined ? "setup session" : "setup code";
      const row = await makeOwner(asSystem, unit, owner, passwordHash, { by, ip: visitor.ip });
      await replaceRecoveryCodes(asSystem, unit, row, codes.hashes);
      return row;
    });
    await attempts.forget(place, "register");
    rmSync(setupCodeFile(dataDir), { force: true });
    return { owner: made, recoveryCodes: codes.plain };
  });
}

async function demandProof(ctx: Ctx, unit: Unit, { session, code }: SetupProof): Promise<void> {
  if (code !== undefined) return demandCode(unit.tx, code, ctx.clock.now());
  if (session !== null && (await takeChallenge(ctx, "setup", session, unit.tx))) return;
  throw new Refusal(
    "forbidden",
    "This browser has no setup session, or its half hour is over. Enter a setup code first; `mc setup-code` on the server's machine makes a new one.",
    { setupSession: "over" },
  );
}

/** First owner from `MC_OWNER_EMAIL` and `MC_OWNER_PASSWORD`; does nothing once there is any user. */
export async function ensureOwner(
  ground: Ground,
  env: Partial<Record<"ownerEmail" | "ownerPassword" | "ownerName", string | undefined>>,
): Promise<User | null> {
  const { ownerEmail: email, ownerPassword: password } = env;
  if (!email || !password || !(await isSetupNeeded(ground))) return null;
  const ctx = systemCtx(ground);
  const owner = { email, name: env.ownerName ?? "Owner", password };
  const passwordHash = await newPasswordHash(owner);
  return transact(ctx, async (unit) => {
    if (await isAnybodyThere(unit)) return null;
    return userOf(await makeOwner(ctx, unit, owner, passwordHash, { by: "environment" }));
  });
}

async function makeOwner(
  ctx: Ctx,
  unit: Unit,
  { password: _, ...names }: Omit<NewOwner, "code">,
  passwordHash: string,
  data: Record<string, unknown>,
): Promise<UserRow> {
  const row = await insertUser(ctx, unit, { ...names, role: "admin", passwordHash });
  unit.record({ kind: "security.setup_completed", target: userTarget(row), data });
  return row;
}
