import { and, asc, eq, lte, or } from "drizzle-orm";
import { sessions, ssoSessions, users } from "@/db/schema";
import { type Ctx, type Ground, systemCtx, transact } from "@/domain/kernel";
import { userTarget } from "@/domain/people/users";
import { withRole } from "./admit";
import { ssoActor } from "./finish";
import { refreshPurpose } from "./keep-refresh-token";
import { personOf, subjectOf } from "./person";
import { badToken, SsoRefusal } from "./refusal";
import type { Sso } from "./sso";
import { askForTokens } from "./tokens";

/** So long before its end a session is renewed: several tries fit in when the issuer is away for a moment. */
const aheadMs = 10 * 60_000;
/** Whoever the provider drops, or gives other groups, has that here after this time at the latest. */
const askedAfterMs = 10 * 60_000;
/** A provider whose tokens live shorter than that is not asked more often than this. */
const everyMs = 60_000;

type Due = {
  kept: typeof ssoSessions.$inferSelect;
  user: typeof users.$inferSelect;
};

/**
 * Moves on the end of sessions by their refresh tokens, every ten minutes. The person is judged anew: groups may
 * give another role, and whoever the provider no longer vouches for loses the session at once. While the provider is
 * away nothing happens, and the session ends when it was due to. One instance at a time.
 */
export async function renewSsoSessions(ground: Ground, sso: Sso, signal?: AbortSignal): Promise<void> {
  const now = ground.clock.now().getTime();
  const due = await ground.db.orm
    .select({ kept: ssoSessions, user: users })
    .from(ssoSessions)
    .innerJoin(sessions, eq(sessions.id, ssoSessions.sessionId))
    .innerJoin(users, eq(users.id, ssoSessions.userId))
    .where(
      and(
        eq(ssoSessions.issuer, sso.settings.issuer),
        or(
          lte(sessions.endsBy, new Date(now + aheadMs)),
          lte(ssoSessions.renewedAt, new Date(now - askedAfterMs)),
        ),
        lte(ssoSessions.renewedAt, new Date(now - everyMs)),
      ),
    )
    .orderBy(asc(sessions.endsBy));
  if (due.length === 0) return;
  try {
    await sso.discover();
  } catch (error) {
    if (!(error instanceof SsoRefusal)) throw error;
    // Each of them would wait for the same answer; none is ended before its time.
    ground.log.warn({ sessions: due.length, because: error.message }, "Sessions can't be renewed yet.");
    return;
  }
  for (const one of due) {
    if (signal?.aborted) return;
    const ctx: Ctx = { ...systemCtx(ground, one.kept.accountId), actor: ssoActor };
    try {
      await renewOne(ctx, sso, one);
    } catch (error) {
      if (!(error instanceof SsoRefusal)) {
        // One that can't be read must not keep the others waiting.
        ctx.log.error({ err: error, user: one.user.id }, "A session of single sign-on could not be renewed.");
        continue;
      }
      if (error.reason === "unreachable" || error.reason === "misconfigured") {
        ctx.log.warn({ reason: error.reason }, "A session of single sign-on could not be renewed yet.");
        continue;
      }
      await endRefused(ctx, one, error);
    }
  }
}

async function renewOne(ctx: Ctx, sso: Sso, { kept, user }: Due): Promise<void> {
  const discovery = await sso.discover();
  const tokens = await askForTokens(sso.settings, discovery, sso.outside, {
    grant_type: "refresh_token",
    refresh_token: ctx.sealer.open(kept.sealedRefreshToken, refreshPurpose),
  });
  // Kept first: a provider that rotates takes the old one no more, whatever else comes of this.
  const next = tokens.hasRefreshToken() ? tokens.refreshToken() : null;
  const sealedRefreshToken = next ? ctx.sealer.seal(next, refreshPurpose) : kept.sealedRefreshToken;
  await ctx.db.orm
    .update(ssoSessions)
    .set({ sealedRefreshToken, renewedAt: ctx.clock.now() })
    .where(eq(ssoSessions.sessionId, kept.sessionId));
  if (!("id_token" in tokens.data) || typeof tokens.data.id_token !== "string") return;
  const { claims, expiresAt } = await sso.check(discovery, tokens.data.id_token, null);
  if (subjectOf(sso.settings, claims) !== kept.subject) throw badToken("it speaks of somebody else (sub)");
  const { role } = await personOf(sso.settings, sso.outside, discovery, claims, tokens.accessToken());
  await withRole(ctx, user, role);
  await ctx.db.orm.update(sessions).set({ endsBy: expiresAt }).where(eq(sessions.id, kept.sessionId));
}

async function endRefused(ctx: Ctx, { kept, user }: Due, refusal: SsoRefusal): Promise<void> {
  await transact(ctx, async (unit) => {
    await unit.tx.delete(sessions).where(eq(sessions.id, kept.sessionId));
    unit.record({
      kind: "security.session_revoked",
      target: userTarget(user),
      reason: refusal.message,
      data: { session: kept.sessionId.slice(0, 8), because: refusal.reason },
    });
    unit.afterCommit(() =>
      ctx.bus.publish("sessions.revoked", { sessionIds: [kept.sessionId], reason: "revoked" }),
    );
  });
}
