"use client";

import { useNow } from "../../format/ticker";
import { useAgent } from "../../live/hooks";
import { Evidence } from "../../status/evidence-popover";
import { useWholeAgent } from "../agent/use-whole-agent";
import { evidenceRows } from "./evidence-of";
import { claimSentence } from "./status-sentence";

/** The evidence of an agent's status; it goes on changing while it is looked at. */
export function AgentEvidence({ id }: { id: string }) {
  const live = useAgent(id);
  const whole = useWholeAgent(id);
  const nowMs = useNow();
  if (!live) return "This agent was removed.";
  const agent = "agent" in whole ? whole.agent : live;
  return <Evidence title={claimSentence(agent, nowMs)} rows={evidenceRows(agent)} />;
}
