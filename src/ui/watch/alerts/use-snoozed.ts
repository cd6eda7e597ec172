"use client";

import type { Alert } from "@/contracts/watch/alert";
import { toMs } from "../../format/instant";
import { useHasCome } from "../../format/ticker";

/** Until when an alert is snoozed now; null: it is not, or not any more. */
export function useSnoozedUntil({ snoozedUntil }: Pick<Alert, "snoozedUntil">): string | null {
  const over = useHasCome(snoozedUntil === null ? null : toMs(snoozedUntil));
  return over ? null : snoozedUntil;
}
