import { rmSync } from "node:fs";
import { and, eq, gt } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { challenges, settings } from "@/db/schema";
import { type Ctx, type Ground, mainAccount, Refusal, systemCtx, transact } from "@/domain/kernel";
import { beginChallenge } from "@/domain/people/challenges";
import { type Attempts, placeOf, unhurried, type Visitor } from "@/domain/people/sessions";
import { sha256Hex } from "@/platform/crypto";
import { demandNobody } from "./demand-nobody";
import { hashCode, ownSetting, setupCodeFile, validCodes } from "./setup-code";

/** Long enough to find a good password, short enough for a terminal that somebody walks past. */
export const setupSessionMs = 30 * 60_000;

/**
 * Gives a setup code away for a setup session and answers its token, which belongs into a cookie of this one browser.
 * The code is used up by it, on all instances and in its file; a session that was begun before ends. Wrong codes are
 * limited: three an hour for each address.
 */
export async function beginSetup(
  ctx: Ctx,
  code: string,
  visitor: Visitor,
  attempts: Attempts,
  dataDir: string,
): Promise<{ token: string; expiresAt: string }> {
  return unhurried(ctx.clock, async () => {
    const place = placeOf(visitor.ip);
    await attempts.take(place, "register");
    const asSystem = { ...systemCtx(ctx), requestId: ctx.requestId };
    const token = await transact(asSystem, async (unit) => {
      await demandNobody(unit);
      await demandCode(unit.tx, code, ctx.clock.now());
      await forgetSetup(unit.tx);
      unit.record({ kind: "security.setup_begun", target: null, data: { ip: visitor.ip } });
      const session = { userId: null, account: mainAccount, data: {}, forMs: setupSessionMs };
      return beginChallenge(asSystem, { kind: "setup", ...session }, unit.tx);
    });
    await attempts.forget(place, "register");
    rmSync(setupCodeFile(dataDir), { force: true });
    const expiresAt = await setupSessionUntil(ctx, token);
    if (expiresAt === null) throw new Error("The setup session that was just begun is not there.");
    return { token, expiresAt };
  });
}

/** Until when the setup session of this token lasts; null when it is none, or over. */
export async function setupSessionUntil(
  { db, clock }: Pick<Ground, "db" | "clock">,
  token: string | null,
): Promise<string | null> {
  if (token === null) return null;
  const [found] = await db.orm
    .select({ expiresAt: challenges.expiresAt })
    .from(challenges)
    .where(
      and(
        eq(challenges.hash, sha256Hex(token)),
        eq(challenges.kind, "setup"),
        gt(challenges.expiresAt, clock.now()),
      ),
    );
  return found?.expiresAt.toISOString() ?? null;
}

/** Refuses a code that opens nothing. The codes are locked until the transaction ends. */
export async function demandCode(tx: Tx, code: string, now: Date): Promise<void> {
  const valid = await validCodes(tx, now);
  if (valid.some(({ hash }) => hash === hashCode(code))) return;
  throw new Refusal(
    "forbidden",
    "This setup code is not right, was used, or has expired. The server prints it at its start and keeps it in the file setup-code of its data folder; `mc setup-code` on the server's machine makes a new one.",
    { fields: [{ path: "code", message: "is not right, was used, or has expired" }] },
  );
}

/** No code and no setup session opens anything any more. */
export async function forgetSetup(tx: Tx): Promise<void> {
  await tx.delete(settings).where(ownSetting);
  await tx.delete(challenges).where(eq(challenges.kind, "setup"));
}
