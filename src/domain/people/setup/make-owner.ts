import { rmSync } from "node:fs";
import { eq } from "drizzle-orm";
import type { User } from "@/contracts/people/user";
import { accounts, settings, users } from "@/db/schema";
import {
  type Ctx,
  conflict,
  type Ground,
  mainAccount,
  Refusal,
  systemCtx,
  transact,
  type Unit,
} from "@/domain/kernel";
import { type Attempts, placeOf, unhurried, type Visitor } from "@/domain/people/sessions";
import { insertUser, newPasswordHash, type UserRow, userOf, userTarget } from "@/domain/people/users";
import { hashCode, isSetupNeeded, ownSetting, setupCodeFile, validCodes } from "./setup-code";

export type NewOwner = { email: string; name: string; password: string };

/**
 * Makes the first owner, an admin, for whoever holds the setup code; refuses once there is any user. The code is
 * used up by it. Guesses are limited: three an hour for each address.
 */
export async function setUp(
  ctx: Ctx,
  input: NewOwner & { code: string },
  visitor: Visitor,
  attempts: Attempts,
  dataDir: string,
): Promise<UserRow> {
  return unhurried(ctx.clock, async () => {
    const place = placeOf(visitor.ip);
    await attempts.take(place, "register");
    const { code, ...owner } = input;
    // The slow part stays outside the transaction; a wrong code pays for it too, which slows guessing.
    const passwordHash = await newPasswordHash(owner);
    const asSystem = systemCtx(ctx);
    const made = await transact({ ...asSystem, requestId: ctx.requestId }, async (unit) => {
      await demandNobody(unit);
      const valid = await validCodes(unit.tx, ctx.clock.now());
      if (!valid.some(({ hash }) => hash === hashCode(code))) {
        throw new Refusal(
          "forbidden",
          "This setup code is not right or has expired. The server prints it at its start and keeps it in the file setup-code of its data folder; a restart makes a new one.",
          { fields: [{ path: "code", message: "is not right or has expired" }] },
        );
      }
      await unit.tx.delete(settings).where(ownSetting);
      return makeOwner(asSystem, unit, owner, passwordHash, { by: "setup code", ip: visitor.ip });
    });
    await attempts.forget(place, "register");
    rmSync(setupCodeFile(dataDir), { force: true });
    return made;
  });
}

/** First owner from `MC_OWNER_EMAIL` and `MC_OWNER_PASSWORD`; does nothing once there is any user. */
export async function ensureOwner(
  ground: Ground,
  env: { ownerEmail?: string | undefined; ownerPassword?: string | undefined },
): Promise<User | null> {
  const { ownerEmail: email, ownerPassword: password } = env;
  if (!email || !password || !(await isSetupNeeded(ground))) return null;
  const ctx = systemCtx(ground);
  const owner = { email, name: "Owner", password };
  const passwordHash = await newPasswordHash(owner);
  return transact(ctx, async (unit) => {
    const [someone] = await lockedUsers(unit);
    if (someone) return null;
    return userOf(await makeOwner(ctx, unit, owner, passwordHash, { by: "environment" }));
  });
}

async function lockedUsers(unit: Unit) {
  await unit.tx.select().from(accounts).where(eq(accounts.id, mainAccount)).for("update");
  return unit.tx.select({ id: users.id }).from(users).limit(1);
}

async function demandNobody(unit: Unit): Promise<void> {
  const [someone] = await lockedUsers(unit);
  if (someone) throw conflict("Mission Control is set up already. Sign in, or ask an admin for an account.");
}

async function makeOwner(
  ctx: Ctx,
  unit: Unit,
  { email, name }: NewOwner,
  passwordHash: string,
  data: Record<string, unknown>,
): Promise<UserRow> {
  const row = await insertUser(ctx, unit, { email, name, role: "admin", passwordHash });
  unit.record({ kind: "security.setup_completed", target: userTarget(row), data });
  return row;
}
