"use client";

import type { Command } from "@/contracts/fleet/command";
import { shortDuration } from "../../format/duration";
import { toMs } from "../../format/instant";
import { useNow, useOwnZone } from "../../format/ticker";
import { useAgent, useOpenCommand } from "../../live/hooks";
import { commandStateLooks } from "../../status/command-progress";
import { IntentLine } from "../../status/intent";
import { commandTitle, intentSentence } from "../action/action-words";
import { useActions } from "../action/actions-context";
import { lastWord } from "../action/last-word";
import { useOthersIntent } from "../action/use-others-intent";
import { nowSentence } from "./status-sentence";

/** What the agent does now. A person's hand on it takes the place of the text: rows hold still. */
export function NowCell({ id }: { id: string }) {
  const agent = useAgent(id);
  const command = useOpenCommand(id);
  const intent = useOthersIntent(id);
  const nowMs = useNow();
  if (command) return <CommandLine command={command} nowMs={nowMs} />;
  if (intent) {
    return (
      <IntentLine
        person={intent.user.name}
        since={nowMs > 0 ? shortDuration(nowMs - intent.since) : undefined}
      >
        {intentSentence(intent.user.name, intent.kind)}
      </IntentLine>
    );
  }
  if (!agent) return null;
  const sentence = nowSentence(agent, nowMs);
  return (
    <span title={sentence} className="cut block">
      {sentence}
    </span>
  );
}

function lastWordOf(command: Command, nowMs: number): string {
  const words = lastWord(command, nowMs);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A command in flight: who, how long, the last word; a click shows its steps. */
function CommandLine({ command, nowMs }: { command: Command; nowMs: number }) {
  const actions = useActions();
  const ownZone = useOwnZone();
  const since = nowMs > 0 ? ` · ${shortDuration(nowMs - toMs(command.requestedAt))}` : "";
  const word = commandStateLooks[command.state].word;
  const show = (event: React.MouseEvent) => {
    event.stopPropagation();
    actions.show(command.batchId);
  };
  return (
    <button
      type="button"
      onClick={show}
      title={`${command.kind}, ${word.toLowerCase()}: show the progress`}
      className="num flex max-w-full items-center gap-2 rounded-sm text-left hover:underline"
    >
      <span className="shrink-0 font-medium text-hand">
        {commandTitle(command)}
        {since}
      </span>
      <span className="cut text-muted-foreground">{ownZone ? lastWordOf(command, nowMs) : null}</span>
    </button>
  );
}
