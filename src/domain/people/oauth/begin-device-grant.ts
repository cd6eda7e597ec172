import { and, count, eq, gt, lt } from "drizzle-orm";
import { commandLineClientId, type DeviceAnswer, type DeviceRequest } from "@/contracts/people/oauth";
import { deviceGrants } from "@/db/schema";
import { type Ctx, isDuplicate } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";
import { deviceGrantMs, pollEveryMs } from "./lifetimes";
import { OAuthRefusal } from "./refusal";
import { readScope } from "./scopes";
import { makeUserCode, shownCode } from "./user-code";

/** Requests that wait at once from one address; the next one is told to wait, so that codes are never dense. */
const mostWaiting = 20;

/**
 * A program asks to be let in by a person: it gets a secret of its own and a short code for the person. Who that is
 * shows only when somebody decides, so the row belongs to the asker's account until then.
 */
export async function beginDeviceGrant(
  ctx: Ctx,
  request: DeviceRequest,
  visitor: { ip: string | null },
  url: string,
): Promise<DeviceAnswer> {
  if (request.client_id !== commandLineClientId) {
    throw new OAuthRefusal(
      "unauthorized_client",
      `Only the client "${commandLineClientId}" comes by the device flow; machines come by client credentials.`,
    );
  }
  const scopes = readScope(request.scope) ?? [];
  const now = ctx.clock.now();
  await ctx.db.orm
    .delete(deviceGrants)
    .where(lt(deviceGrants.expiresAt, new Date(now.getTime() - deviceGrantMs)));
  await demandFewWaiting(ctx, visitor.ip, now);
  const deviceCode = ctx.ids.secret("mcd");
  const userCode = await insertWithCode(ctx, {
    deviceHash: sha256Hex(deviceCode),
    accountId: ctx.account,
    clientName: request.client_name ?? "mc",
    state: "pending",
    createdAt: now,
    expiresAt: new Date(now.getTime() + deviceGrantMs),
    ip: visitor.ip,
    intervalMs: pollEveryMs,
    scopes,
  });
  const page = `${url}/device`;
  return {
    device_code: deviceCode,
    user_code: shownCode(userCode),
    verification_uri: page,
    verification_uri_complete: `${page}?code=${shownCode(userCode)}`,
    expires_in: deviceGrantMs / 1_000,
    interval: pollEveryMs / 1_000,
  };
}

async function demandFewWaiting(ctx: Ctx, ip: string | null, now: Date): Promise<void> {
  const [waiting] = await ctx.db.orm
    .select({ count: count() })
    .from(deviceGrants)
    .where(
      and(eq(deviceGrants.ip, ip ?? ""), eq(deviceGrants.state, "pending"), gt(deviceGrants.expiresAt, now)),
    );
  if ((waiting?.count ?? 0) >= mostWaiting) {
    throw new OAuthRefusal(
      "slow_down",
      `${mostWaiting} programs at your address already wait for somebody. Answer one of them, or try again in a few minutes.`,
      60_000,
    );
  }
}

/** Two requests with the same code would let the wrong one in: the database refuses, and another code is taken. */
async function insertWithCode(
  ctx: Ctx,
  row: Omit<typeof deviceGrants.$inferInsert, "userCode">,
  triesLeft = 5,
): Promise<string> {
  const userCode = makeUserCode(ctx.ids);
  try {
    await ctx.db.orm.insert(deviceGrants).values({ ...row, userCode });
    return userCode;
  } catch (error) {
    if (triesLeft > 0 && isDuplicate(error, "device_grants_user_code_unique")) {
      return insertWithCode(ctx, row, triesLeft - 1);
    }
    throw error;
  }
}
