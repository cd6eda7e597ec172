import type { Alert } from "@/contracts/watch/alert";
import type { InhibitedAlerts } from "@/contracts/watch/alert-list";
import type { Silence } from "@/contracts/watch/silence";

/** What keeps a firing alert from being told, so that nobody takes it for one that was. */
export interface QuietBy {
  inhibited?: InhibitedAlerts | undefined;
  silence?: Silence | undefined;
  snoozedUntil?: string | null;
}

/** The one of these by which it is quiet; null: by none. */
export function quietBy(
  { state }: Pick<Alert, "state">,
  { inhibited, silence, snoozedUntil }: QuietBy,
): QuietBy | null {
  if (state !== "firing") return null;
  if (inhibited) return { inhibited };
  if (silence) return { silence };
  return snoozedUntil ? { snoozedUntil } : null;
}
