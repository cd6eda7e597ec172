import type { SeenAlertLink } from "@/contracts/watch/alert-link";
import type { Ctx } from "@/domain/kernel";
import type { Attempts, Visitor } from "@/domain/people/sessions";
import { silenceAbout } from "./link-silence";
import { type Done, type OpenLink, openLink } from "./open-link";

/** What the page of a link shows. Changes nothing, however often a mail program or a chat opens the link. */
export async function lookAtAlertLink(
  ctx: Ctx,
  token: string,
  visitor: Visitor,
  attempts: Attempts,
): Promise<SeenAlertLink> {
  const link = await openLink(ctx, token, visitor, attempts);
  return seenLink(link, await doneBefore(link));
}

/** Who did it already, if somebody did. */
export async function doneBefore({ claims, alert, ctx }: OpenLink): Promise<Done | null> {
  if (claims.act === "acknowledge") {
    if (alert.acknowledgedBy === null || alert.acknowledgedAt === null) return null;
    return { by: alert.acknowledgedBy, at: alert.acknowledgedAt.toISOString(), until: null };
  }
  return silenceAbout(ctx, alert);
}

/** The link in the words of its contract. `now`: what was done is what this call did. */
export function seenLink({ claims, alert, ctx }: OpenLink, done: Done | null, now = false): SeenAlertLink {
  return {
    act: claims.act,
    state: alert.state === "resolved" ? "resolved" : done ? "done" : "open",
    alert: {
      id: alert.id,
      severity: alert.severity,
      ruleName: alert.ruleName,
      subjectName: alert.subjectName,
      summary: alert.summary,
      firedAt: alert.firedAt.toISOString(),
      resolvedAt: alert.resolvedAt?.toISOString() ?? null,
    },
    done: done && { ...done, now },
    actsAs: ctx.actor.name,
    expiresAt: claims.expiresAt.toISOString(),
  };
}
