"use client";

import { useEffect } from "react";
import type { Command } from "@/contracts/fleet/command";
import { useLiveCommands } from "../../live/hooks";
import { toast } from "../../primitives/toast";
import { actionTitle } from "./action-words";
import { isOpen, tookWord } from "./last-word";

/** Says once how each batch that this person sent has ended; what failed stays until it is read. */
export function OutcomeToasts({
  batchIds,
  onTold,
}: {
  batchIds: readonly string[];
  onTold: (batchId: string) => void;
}) {
  const commands = useLiveCommands();
  useEffect(() => {
    for (const batchId of batchIds) {
      const batch = commands.filter((command) => command.batchId === batchId);
      if (batch.length === 0 || batch.some(isOpen)) continue;
      tell(batch);
      onTold(batchId);
    }
  }, [batchIds, commands, onTold]);
  return null;
}

function tell(batch: readonly Command[]): void {
  const [first] = batch;
  if (!first) return;
  const title = actionTitle(
    first.kind,
    batch.map(({ agentName }) => agentName),
  );
  const missed = batch.filter(({ state }) => state !== "succeeded");
  const [miss] = missed;
  if (!miss) toast.done({ title: `${title}: done`, detail: `in ${tookWord(slowest(batch), 0)}` });
  else if (missed.length === 1) {
    toast.failed({
      title: `${title}: ${miss.state}`,
      detail: miss.message ?? `${miss.agentName} did not do it`,
    });
  } else toast.failed({ title, detail: `${missed.length} of ${batch.length} were not done` });
}

function slowest(batch: readonly Command[]): Command {
  return batch.reduce((one, other) => ((one.finishedAt ?? "") > (other.finishedAt ?? "") ? one : other));
}
