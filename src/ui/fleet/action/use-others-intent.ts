"use client";

import { use } from "react";
import type { Intent } from "@/contracts/wire/browser";
import { SessionContext } from "../../api/session";
import { useIntentsOn } from "../../live/hooks";

/** The dialog that someone else has open on this agent, the oldest where there are several. */
export function useOthersIntent(agentId: string): Intent | undefined {
  const intents = useIntentsOn(agentId);
  // Read only where it matters: every row asks, and all would be drawn again when the session is known.
  if (!intents) return undefined;
  const { user } = use(SessionContext);
  return intents.find((intent) => intent.user.id !== user?.id);
}
