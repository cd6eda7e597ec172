"use client";

import type { Command } from "@/contracts/fleet/command";
import { clockTime } from "../../format/exact-time";
import { useLiveCommands } from "../../live/hooks";
import { Avatar } from "../../primitives/avatar";
import { Button } from "../../primitives/button";
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "../../primitives/dialog";
import { useCancelCommands } from "../commands/use-cancel-commands";
import { ActionIcon } from "./action-icon";
import { actionTitle } from "./action-words";
import { useActions } from "./actions-context";
import { isOpen } from "./last-word";
import { ProgressRow } from "./progress-row";

/** A batch of commands as it goes, the same for everybody; closing it stops nothing. */
export function ProgressPanel({ batchId, onClose }: { batchId: string; onClose: () => void }) {
  const commands = useLiveCommands()
    .filter((command) => command.batchId === batchId)
    .sort((one, other) => one.agentName.localeCompare(other.agentName));
  const [first] = commands;
  if (!first) return <ProgressPending onClose={onClose} />;
  const underWay = commands.filter(isOpen).length;
  const failed = commands.filter(({ state }) => state === "failed" || state === "expired");
  return (
    <div className="flex min-h-0 flex-col">
      <DialogHeader className="flex items-start gap-4 pr-5">
        <div className="min-w-0 flex-1">
          <DialogTitle>
            {actionTitle(
              first.kind,
              commands.map(({ agentName }) => agentName),
            )}
          </DialogTitle>
          <DialogDescription className="num flex items-center gap-1.5 text-xs">
            <Avatar name={first.requestedBy.name} size="xs" decorative />
            <span>
              {first.requestedBy.name}, {clockTime(first.requestedAt)} · “{first.reason}”
            </span>
          </DialogDescription>
        </div>
        <span className="num pt-0.5 text-muted-foreground text-xs" role="status">
          {underWay > 0 ? `${underWay} of ${commands.length} under way` : endWord(commands)}
        </span>
      </DialogHeader>
      <ol className="min-h-0 overflow-y-auto border-t">
        {commands.map((command) => (
          <ProgressRow key={command.id} command={command} />
        ))}
      </ol>
      <DialogFooter note="Everyone sees this. Closing it stops nothing.">
        <CancelWaiting commands={commands} />
        {underWay === 0 && failed.length > 0 ? <TryAgain commands={failed} onClose={onClose} /> : null}
        <Button size="lg" onClick={onClose}>
          Close
        </Button>
      </DialogFooter>
    </div>
  );
}

function endWord(commands: readonly Command[]): string {
  const done = commands.filter(({ state }) => state === "succeeded").length;
  return done === commands.length ? "All done" : `${done} of ${commands.length} done`;
}

/** What waits for an agent that is away can be taken back; what an agent has got cannot. */
function CancelWaiting({ commands }: { commands: readonly Command[] }) {
  const cancel = useCancelCommands(commands);
  if (!cancel) return null;
  const [first] = cancel.waiting;
  const whom = cancel.waiting.length === 1 ? first?.agentName : `the ${cancel.waiting.length} that wait`;
  return (
    <Button size="lg" variant="ghost" busy={cancel.busy} onClick={cancel.run}>
      Cancel {whom}
    </Button>
  );
}

function TryAgain({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const actions = useActions();
  const [first] = commands;
  if (!first) return null;
  const again = () => {
    onClose();
    actions.open(
      first.kind,
      commands.map(({ agentId }) => agentId),
    );
  };
  return (
    <Button size="lg" onClick={again}>
      <ActionIcon kind={first.kind} />
      Try {commands.length === 1 ? first.agentName : `${commands.length} agents`} again…
    </Button>
  );
}

/** Between the answer and the first frame that tells of it: a blink. */
function ProgressPending({ onClose }: { onClose: () => void }) {
  return (
    <>
      <DialogHeader>
        <DialogTitle>Requested</DialogTitle>
        <DialogDescription>Waiting for the first word from the server.</DialogDescription>
      </DialogHeader>
      <DialogFooter note="Everyone sees this. Closing it stops nothing.">
        <Button size="lg" onClick={onClose}>
          Close
        </Button>
      </DialogFooter>
    </>
  );
}
