"use client";

import { TriangleAlert } from "lucide-react";
import { type CommandKind, typedWords } from "@/contracts/fleet/command";
import { clockTime } from "../../format/exact-time";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";
import { commandStateLooks } from "../../status/command-progress";
import { commandTitle } from "./action-words";
import type { Meanwhile } from "./use-meanwhile";

/** More would push the foot of the dialog away; each agent says it as well. */
const mostLines = 4;

/**
 * Somebody acted on these agents while this person was writing: nothing is sent before they say that they know. Where
 * a word is typed, typing it once more says so.
 */
export function MeanwhileNote({
  kind,
  title,
  meanwhile: { unconfirmed, confirm },
}: {
  kind: CommandKind;
  title: string;
  meanwhile: Meanwhile;
}) {
  const word = typedWords[kind];
  const more = unconfirmed.length - mostLines;
  const still = `Still ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
  return (
    <Alert
      tone="waiting"
      role="note"
      icon={<TriangleAlert aria-hidden="true" />}
      actions={word ? undefined : <Button onClick={confirm}>{still}</Button>}
    >
      <b>Somebody acted while this was open.</b>{" "}
      {word
        ? `Nothing of yours was sent: type ${word} again if you still mean it.`
        : "Nothing of yours was sent."}
      <ul className="num mt-0.5">
        {unconfirmed.slice(0, mostLines).map((command) => (
          <li key={command.id}>
            <span className="font-strong text-foreground">{command.agentName}</span>: {commandTitle(command)}{" "}
            {commandStateLooks[command.state].word.toLowerCase()} at{" "}
            {clockTime(command.finishedAt ?? command.requestedAt)}
          </li>
        ))}
        {more > 0 ? <li>and {more} more</li> : null}
      </ul>
    </Alert>
  );
}
