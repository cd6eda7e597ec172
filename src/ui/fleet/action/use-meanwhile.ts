"use client";

import { useState } from "react";
import type { Command } from "@/contracts/fleet/command";
import { useSession } from "../../api/session";
import { useLiveCommands } from "../../live/hooks";

export interface Meanwhile {
  /** What others did to these agents since the dialog opened. */
  done: readonly Command[];
  /** Those of them that this person has not confirmed to know of. */
  unconfirmed: readonly Command[];
  confirm: () => void;
}

/** Whether it did something to its agent, well or badly; what expired or was cancelled left it as it was. */
function hasActed({ kind, state }: Command): boolean {
  return kind !== "health-check" && (state === "succeeded" || state === "failed");
}

/**
 * What others did to the agents of a dialog while it was open. Told by what was known when it opened, not by times:
 * then a page that was cut off for a moment asks once too often rather than not at all.
 */
export function useMeanwhile(agentIds: readonly string[]): Meanwhile {
  const { user } = useSession();
  const commands = useLiveCommands();
  const [known] = useState(() => new Set(commands.filter(hasActed).map(({ id }) => id)));
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const done = commands.filter(
    (command) =>
      hasActed(command) &&
      !known.has(command.id) &&
      agentIds.includes(command.agentId) &&
      command.requestedBy.id !== user?.id,
  );
  return {
    done,
    unconfirmed: done.filter(({ id }) => !confirmed.has(id)),
    confirm: () => setConfirmed(new Set(done.map(({ id }) => id))),
  };
}
