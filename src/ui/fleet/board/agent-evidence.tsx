"use client";

import { useNow } from "../../format/ticker";
import { useAgent } from "../../live/hooks";
import { Evidence } from "../../status/evidence-popover";
import { evidenceRows } from "./evidence-of";
import { claimSentence } from "./status-sentence";

/** The evidence of an agent's status; it goes on changing while it is looked at. */
export function AgentEvidence({ id }: { id: string }) {
  const agent = useAgent(id);
  const nowMs = useNow();
  if (!agent) return "This agent was removed.";
  return <Evidence title={claimSentence(agent, nowMs)} rows={evidenceRows(agent)} />;
}
