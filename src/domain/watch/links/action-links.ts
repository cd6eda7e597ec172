import type { AlertLinkAct } from "@/contracts/watch/alert-link";
import type { Ground } from "@/domain/kernel";
import { linkToken } from "./link-token";

/** Addresses for a message to a channel: pages that show what their button would do. Good for 24 hours from now. */
export function actionLinks(
  ground: Pick<Ground, "sealer" | "clock">,
  { alertId, channelId, consoleUrl }: { alertId: string; channelId: string; consoleUrl: string },
): Record<AlertLinkAct, string> {
  const to = (act: AlertLinkAct) => `${consoleUrl}/a/${linkToken(ground, { act, alertId, channelId })}`;
  return { acknowledge: to("acknowledge"), silence: to("silence") };
}
