"use client";

import { useAgentField } from "../../live/hooks";
import { EvidencePopover } from "../../status/evidence-popover";
import { StatusBadge } from "../../status/status-badge";
import { AgentEvidence } from "./agent-evidence";

/** The badge with its evidence one hover away. */
export function StatusCell({ id }: { id: string }) {
  const status = useAgentField(id, (agent) => agent.status);
  const activity = useAgentField(id, (agent) => agent.activity);
  if (!status) return null;
  return (
    <EvidencePopover evidence={<AgentEvidence id={id} />}>
      <StatusBadge status={status} activity={activity} />
    </EvidencePopover>
  );
}
