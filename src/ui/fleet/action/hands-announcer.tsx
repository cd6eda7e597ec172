"use client";

import { use } from "react";
import type { Command } from "@/contracts/fleet/command";
import { SessionContext } from "../../api/session";
import { useIntents } from "../../live/hooks";
import { commandStateLooks } from "../../status/command-progress";
import { actionWords, commandTitle } from "./action-words";

/**
 * Says to a screen reader whose hand is on these agents too. Apart from what is drawn, which counts seconds: a status
 * that changes each second would be read out each second.
 */
export function HandsAnnouncer({
  agentIds,
  open,
  unconfirmed,
}: {
  agentIds: readonly string[];
  open: readonly Command[];
  unconfirmed: readonly Command[];
}) {
  const { user } = use(SessionContext);
  const intents = useIntents().filter(
    (intent) => intent.user.id !== user?.id && intent.agentIds.some((id) => agentIds.includes(id)),
  );
  const sentences = [
    ...unconfirmed.map(
      (command) =>
        `${commandTitle(command)} ${commandStateLooks[command.state].word.toLowerCase()} on ${command.agentName} while this was open. Confirm once more.`,
    ),
    ...open.map(
      (command) =>
        `${commandTitle(command)} is under way on ${command.agentName}. Sending now would be refused.`,
    ),
    ...intents.map((intent) => `${intent.user.name} has a ${actionWords[intent.kind].dialog} open too.`),
  ];
  return (
    <p role="status" className="sr-only">
      {sentences.join(" ")}
    </p>
  );
}
