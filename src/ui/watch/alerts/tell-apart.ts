import type { Alert } from "@/contracts/watch/alert";
import { toMs } from "../../format/instant";
import type { QuietAlerts } from "./quiet-alerts";
import { quietBy } from "./quiet-by";

/** Alerts that call somebody, and those that are quiet now; `snoozesOverMs`: snoozes up to this moment are over. */
export function tellApart(
  alerts: readonly Alert[],
  { inhibited, silenced }: Pick<QuietAlerts, "inhibited" | "silenced">,
  snoozesOverMs: number,
): { calling: readonly Alert[]; muted: readonly Alert[] } {
  const isQuiet = (alert: Alert) => {
    const { id, snoozedUntil } = alert;
    return quietBy(alert, {
      inhibited: inhibited.get(id),
      silence: silenced.get(id),
      snoozedUntil: snoozedUntil && toMs(snoozedUntil) > snoozesOverMs ? snoozedUntil : null,
    });
  };
  return { calling: alerts.filter((alert) => !isQuiet(alert)), muted: alerts.filter(isQuiet) };
}
