import { eq } from "drizzle-orm";
import type { SeenAlertLink } from "@/contracts/watch/alert-link";
import { alerts, channels } from "@/db/schema";
import { type Ctx, Refusal } from "@/domain/kernel";
import { type Attempts, placeOf, type Visitor } from "@/domain/people/sessions";
import type { AlertRow } from "@/domain/watch/alerts/view";
import { type LinkClaims, readLinkToken } from "./link-token";

/** A link that holds: its alert, and the context in which it acts. */
export type OpenLink = { claims: LinkClaims; alert: AlertRow; ctx: Ctx };

/** Who did what the link offers, and when. */
export type Done = Omit<NonNullable<SeenAlertLink["done"]>, "now">;

const gone = (message: string, link: "forged" | "expired" | "gone", alertId?: string) =>
  new Refusal("not-found", message, { link, ...(alertId ? { alertId } : {}) });

/** Opens a link. Throws not-found (`details.link` says why) for one that opens nothing; forged ones are counted. */
export async function openLink(
  ctx: Ctx,
  token: string,
  visitor: Visitor,
  attempts: Attempts,
): Promise<OpenLink> {
  const claims = readLinkToken(ctx, token);
  if (!claims) {
    await attempts.take(`alert-link ${placeOf(visitor.ip)}`, "login");
    throw gone(
      "This link is not whole, or was not made by this Mission Control. Open it from the message once more.",
      "forged",
    );
  }
  const [alert] = await ctx.db.orm.select().from(alerts).where(eq(alerts.id, claims.alertId));
  if (claims.expiresAt <= ctx.clock.now()) {
    throw gone(
      "This link was good for 24 hours and has run out. Open the alert in Mission Control instead.",
      "expired",
      alert?.id,
    );
  }
  const [channel] = await ctx.db.orm.select().from(channels).where(eq(channels.id, claims.channelId));
  if (!alert || !channel || channel.deletedAt || channel.accountId !== alert.accountId) {
    throw gone(
      "This link opens nothing any more: the channel that it was sent to has been taken away.",
      "gone",
      alert?.id,
    );
  }
  return { claims, alert, ctx: actingCtx(ctx, alert.accountId, channel) };
}

/**
 * Who acts: the person who is signed in to the alert's account, whatever the role, since whoever holds the link could
 * as well sign out first; otherwise the link itself, named by the channel that it was sent to.
 */
function actingCtx(ctx: Ctx, account: string, channel: { id: string; name: string }): Ctx {
  const known = ctx.account === account && (ctx.actor.kind === "user" || ctx.actor.kind === "token");
  const link = { kind: "anonymous" as const, id: channel.id, name: `link to ${channel.name}` };
  return { ...ctx, account, actor: known ? ctx.actor : link };
}
