"use client";

import { shortDuration } from "../../format/duration";
import { toMs } from "../../format/instant";
import { useNow } from "../../format/ticker";
import { useOpenCommand } from "../../live/hooks";
import { Alert } from "../../primitives/alert";
import { Avatar } from "../../primitives/avatar";
import { TextLink } from "../../primitives/text-link";
import { commandStateLooks } from "../../status/command-progress";
import { commandTitle, intentSentence } from "../action/action-words";
import { useActions } from "../action/actions-context";
import { lastWord } from "../action/last-word";
import { useOthersIntent } from "../action/use-others-intent";

/** Whose hand is on this agent: someone's open dialog, or a command in flight. */
export function AgentBanners({ agentId }: { agentId: string }) {
  const intent = useOthersIntent(agentId);
  const command = useOpenCommand(agentId);
  const actions = useActions();
  const nowMs = useNow();
  return (
    <>
      {intent ? (
        <Alert tone="hand" shape="banner" icon={<Avatar name={intent.user.name} size="xs" hand decorative />}>
          <b>{intentSentence(intent.user.name, intent.kind)}.</b>
          {intent.reason ? ` “${intent.reason}”` : ""}
          <span className="num text-muted-foreground">
            {" "}
            · dialog open for {shortDuration(nowMs - intent.since)}
          </span>
        </Alert>
      ) : null}
      {command ? (
        <Alert
          tone="hand"
          shape="banner"
          icon={<Avatar name={command.requestedBy.name} size="xs" hand decorative />}
          actions={<TextLink onClick={() => actions.show(command.batchId)}>Show the progress</TextLink>}
        >
          <b>
            {commandTitle(command)}, {commandStateLooks[command.state].word.toLowerCase()}
          </b>
          <span className="num text-muted-foreground">
            {" · "}
            {lastWord(command, nowMs)} · {shortDuration(nowMs - toMs(command.requestedAt))}
          </span>
        </Alert>
      ) : null}
    </>
  );
}
