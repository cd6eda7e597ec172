"use client";

import { TriangleAlert } from "lucide-react";
import type { CommandConflict } from "@/contracts/fleet/command";
import { shortDuration } from "../../format/duration";
import { toMs } from "../../format/instant";
import { useNow } from "../../format/ticker";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";
import { commandStateLooks } from "../../status/command-progress";
import { actionWords } from "./action-words";

/** Someone was first: who, with what, since when, on which agents; and the way on without those. */
export function ConflictNote({
  conflict,
  onLeaveThem,
}: {
  conflict: CommandConflict;
  /** Takes the agents that are busy out of this dialog; unset where none would be left. */
  onLeaveThem?: (() => void) | undefined;
}) {
  const nowMs = useNow();
  return (
    <Alert
      tone="waiting"
      role="alert"
      icon={<TriangleAlert aria-hidden="true" />}
      actions={onLeaveThem ? <Button onClick={onLeaveThem}>Go on without them</Button> : undefined}
    >
      <b>Nothing was sent: someone was first.</b>
      <ul className="mt-0.5">
        {conflict.conflicts.map((busy) => (
          <li key={busy.commandId} className="num">
            <span className="font-strong text-foreground">{busy.agentName}</span>:{" "}
            {actionWords[busy.kind].verb.toLowerCase()} by {busy.requestedBy.name},{" "}
            {commandStateLooks[busy.state].word.toLowerCase()}
            {nowMs > 0 ? `, for ${shortDuration(nowMs - toMs(busy.requestedAt))}` : ""}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
