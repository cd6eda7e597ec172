"use client";

import type { Intent } from "@/contracts/wire/browser";
import { useSession } from "../../api/session";
import { useIntentsOn } from "../../live/hooks";

/** The dialog that someone else has open on this agent, the oldest where there are several. */
export function useOthersIntent(agentId: string): Intent | undefined {
  const { user } = useSession();
  const intents = useIntentsOn(agentId);
  return intents?.find((intent) => intent.user.id !== user?.id);
}
