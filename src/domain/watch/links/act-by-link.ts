import { eq } from "drizzle-orm";
import type { SeenAlertLink } from "@/contracts/watch/alert-link";
import { alerts } from "@/db/schema";
import { type Ctx, notFound, transact } from "@/domain/kernel";
import type { Attempts, Visitor } from "@/domain/people/sessions";
import { acknowledging } from "@/domain/watch/alerts/acknowledge";
import { actWithin } from "@/domain/watch/alerts/act-on-alerts";
import { silenceAbout, silenceForAnHour } from "./link-silence";
import { doneBefore, seenLink } from "./look-at-link";
import { type OpenLink, openLink } from "./open-link";

/**
 * Does what the link offers, once: a repeat, or somebody who was faster, is answered with who did it. An alert that
 * resolved meanwhile stays as it is. The fact tells that it came `via` a link, and to which channel that went.
 */
export async function actByAlertLink(
  ctx: Ctx,
  token: string,
  visitor: Visitor,
  attempts: Attempts,
): Promise<SeenAlertLink> {
  const opened = await openLink(ctx, token, visitor, attempts);
  return transact(opened.ctx, async (unit) => {
    const [alert] = await unit.tx
      .select()
      .from(alerts)
      .where(eq(alerts.id, opened.alert.id))
      // Two who press at the same moment: the second sees what the first did.
      .for("no key update");
    if (!alert) throw notFound("alert");
    const link: OpenLink = { ...opened, alert };
    const { claims, ctx: acting } = link;
    const silences = claims.act === "silence";
    const before = silences ? await silenceAbout(acting, alert, unit.tx) : await doneBefore(link);
    if (before || alert.state === "resolved") return seenLink(link, before);
    const data = { via: "link", channelId: claims.channelId };
    if (silences) return seenLink(link, await silenceForAnHour(acting, unit, alert, data), true);
    const [acted] = await actWithin(acting, unit, [alert.id], acknowledging(acting, {}, data));
    if (acted?.refusal) throw acted.refusal;
    const at = acting.clock.now().toISOString();
    return seenLink(link, { by: acting.actor.name, at, until: null }, true);
  });
}
