"use client";

import type { Command } from "@/contracts/fleet/command";
import { useSession } from "../../api/session";
import { shortDuration } from "../../format/duration";
import { toMs } from "../../format/instant";
import { useNow } from "../../format/ticker";
import { TextLink } from "../../primitives/text-link";
import { commandStateLooks } from "../../status/command-progress";
import { useCancelCommands } from "../commands/use-cancel-commands";
import { actionWords, commandTitle } from "./action-words";
import { HandNote } from "./hand-note";
import { isOpen, lastWord } from "./last-word";

/** A command on an agent that somebody is about to act on: who, what, since when, why, and what that means for them. */
export function CommandNote({ command, onLeave }: { command: Command; onLeave: () => void }) {
  const nowMs = useNow();
  const { user } = useSession();
  const cancel = useCancelCommands([command]);
  const open = isOpen(command);
  const own = command.requestedBy.id === user?.id;
  const { name } = command.requestedBy;
  const word = commandStateLooks[command.state].word.toLowerCase();
  const ageMs = nowMs - toMs((open ? null : command.finishedAt) ?? command.requestedAt);
  const age = nowMs > 0 ? shortDuration(ageMs) : "";
  // The reason follows it in the same line.
  const last = lastWord(command, nowMs).replace(/\.$/, "");
  return (
    <HandNote
      person={name}
      tone={open ? "hand" : own ? "neutral" : "waiting"}
      actions={
        <>
          {cancel ? (
            <TextLink disabled={cancel.busy} onClick={cancel.run}>
              Cancel that {actionWords[command.kind].noun.toLowerCase()}
            </TextLink>
          ) : null}
          {own ? null : <TextLink onClick={onLeave}>Leave it to {name}</TextLink>}
        </>
      }
    >
      <b>
        {commandTitle(command)}
        {open ? `, ${word}` : ` ${word}${age ? ` ${age} ago` : ""}`}
      </b>
      {open && age ? `, for ${age}` : null}
      {last ? ` · ${last}` : null}
      <span className="text-muted-foreground"> · “{command.reason}”</span>
      {open ? <span className="block">Sending now would be refused as a conflict.</span> : null}
    </HandNote>
  );
}
