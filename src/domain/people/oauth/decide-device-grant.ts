import { and, eq, gt } from "drizzle-orm";
import type { DeviceAsk } from "@/contracts/people/oauth";
import { deviceGrants } from "@/db/schema";
import { type Ctx, conflict, forbidden, invalid, notFound, transact } from "@/domain/kernel";
import { demandFreshFactor } from "@/domain/people/second-factor/demand-fresh-factor";
import type { Attempts } from "@/domain/people/sessions/attempts";
import { userRow, userTarget } from "@/domain/people/users/user-of";
import { grantedScopes } from "./scopes";

/** What an `ask` is sealed for: who saw it, and which request it stands for. */
const purpose = "device-ask";

/**
 * Only a person at a browser lets a program in: a token could else make further tokens that outlive it. A code is
 * looked up five times in five minutes; a decision names what was looked up and so guesses nothing.
 */
export async function findDeviceAsk(
  ctx: Ctx,
  sessionId: string | null,
  userCode: string,
  attempts: Attempts,
): Promise<DeviceAsk> {
  const role = demandPerson(ctx, sessionId);
  await attempts.take(`device code by ${ctx.actor.id}`);
  const [grant] = await ctx.db.orm
    .select()
    .from(deviceGrants)
    .where(
      and(
        eq(deviceGrants.userCode, userCode),
        eq(deviceGrants.state, "pending"),
        gt(deviceGrants.expiresAt, ctx.clock.now()),
      ),
    );
  if (!grant) {
    const message =
      "Nothing waits for this code. It may be mistyped, older than 15 minutes, or answered already.";
    throw invalid(message, { fields: [{ path: "code", message }] });
  }
  return {
    ask: ctx.sealer.seal(JSON.stringify([ctx.actor.id, grant.deviceHash]), purpose),
    clientName: grant.clientName,
    ip: grant.ip,
    askedAt: grant.createdAt.toISOString(),
    expiresAt: grant.expiresAt.toISOString(),
    scopes: grantedScopes(role, grant.scopes, null),
  };
}

/** Lets the program in, in the person's name, or refuses it. Decided once; the program learns it when it asks next. */
export async function decideDeviceGrant(
  ctx: Ctx,
  sessionId: string | null,
  { ask, approve }: { ask: string; approve: boolean },
): Promise<void> {
  const role = demandPerson(ctx, sessionId);
  if (approve && role === "admin") await demandFreshFactor(ctx, "device.approve-as-admin");
  const deviceHash = openAsk(ctx, ask);
  await transact(ctx, async (unit) => {
    const user = await userRow(ctx, ctx.actor.id, unit.tx);
    const [grant] = await unit.tx
      .update(deviceGrants)
      .set({ state: approve ? "approved" : "denied", userId: user.id, accountId: user.accountId })
      .where(
        and(
          eq(deviceGrants.deviceHash, deviceHash),
          eq(deviceGrants.state, "pending"),
          gt(deviceGrants.expiresAt, ctx.clock.now()),
        ),
      )
      .returning();
    if (!grant)
      throw conflict("This was decided already, or nobody answered in time. Start again on the device.");
    unit.record({
      kind: approve ? "security.device_approved" : "security.device_denied",
      target: userTarget(user),
      data: { client: grant.clientName, ip: grant.ip, scopes: grantedScopes(user.role, grant.scopes, null) },
    });
  });
}

function demandPerson({ actor, role }: Ctx, sessionId: string | null) {
  if (actor.kind === "user" && role && sessionId !== null) return role;
  throw forbidden("Only a person signed in at the console lets a program in.");
}

function openAsk(ctx: Ctx, ask: string): string {
  try {
    const [userId, deviceHash]: unknown[] = JSON.parse(ctx.sealer.open(ask, purpose));
    if (userId === ctx.actor.id && typeof deviceHash === "string") return deviceHash;
  } catch {
    throw notFound("request");
  }
  throw notFound("request");
}
