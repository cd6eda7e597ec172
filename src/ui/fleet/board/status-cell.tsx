"use client";

import { useNow } from "../../format/ticker";
import { useAgent } from "../../live/hooks";
import { EvidencePopover } from "../../status/evidence-popover";
import { StatusBadge } from "../../status/status-badge";
import { evidenceRows } from "./evidence-of";
import { claimSentence } from "./status-sentence";

/** The badge with its evidence one hover away. */
export function StatusCell({ id }: { id: string }) {
  const agent = useAgent(id);
  const nowMs = useNow();
  if (!agent) return null;
  return (
    <EvidencePopover title={claimSentence(agent, nowMs)} rows={evidenceRows(agent)}>
      <StatusBadge status={agent.status} activity={agent.activity} />
    </EvidencePopover>
  );
}
