"use client";

import { TriangleAlert } from "lucide-react";
import type { CommandConflict } from "@/contracts/fleet/command";
import { shortDuration } from "../../format/duration";
import { toMs } from "../../format/instant";
import { useNow } from "../../format/ticker";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";
import { commandStateLooks } from "../../status/command-progress";
import { commandTitle } from "./action-words";

/** More would push the foot of the dialog away. */
const mostLines = 4;

/** Someone is, or was, first: who, with what, since when, on which agents; and the way on without those. */
export function ConflictNote({
  conflicts,
  sent = false,
  onLeaveThem,
}: {
  conflicts: readonly Omit<CommandConflict["conflicts"][number], "commandId">[];
  /** The server has refused it; else it would. */
  sent?: boolean;
  /** Takes the agents that are busy out of this dialog; unset where none would be left. */
  onLeaveThem?: (() => void) | undefined;
}) {
  const nowMs = useNow();
  const more = conflicts.length - mostLines;
  return (
    <Alert
      tone="waiting"
      role={sent ? "alert" : "note"}
      icon={<TriangleAlert aria-hidden="true" />}
      actions={onLeaveThem ? <Button onClick={onLeaveThem}>Go on without them</Button> : undefined}
    >
      <b>
        {sent ? "Nothing was sent: someone was first." : "Sending now would be refused: someone is first."}
      </b>
      <ul className="mt-0.5">
        {conflicts.slice(0, mostLines).map((busy) => (
          <li key={busy.agentId} className="num">
            <span className="font-strong text-foreground">{busy.agentName}</span>: {commandTitle(busy)},{" "}
            {commandStateLooks[busy.state].word.toLowerCase()}
            {nowMs > 0 ? `, for ${shortDuration(nowMs - toMs(busy.requestedAt))}` : ""}
          </li>
        ))}
        {more > 0 ? <li>and {more} more</li> : null}
      </ul>
    </Alert>
  );
}
