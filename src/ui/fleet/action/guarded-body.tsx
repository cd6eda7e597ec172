"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type RefObject, useState } from "react";
import { useForm } from "react-hook-form";
import { type CommandKind, typedWords } from "@/contracts/fleet/command";
import { useOffBecause } from "../../live/hooks";
import { useLive } from "../../live/live-context";
import { Alert } from "../../primitives/alert";
import { DialogBody, DialogDescription, DialogHeader, DialogTitle } from "../../primitives/dialog";
import { actionTitle, actionWords } from "./action-words";
import { AffectedAgents } from "./affected-agents";
import { ConflictNote } from "./conflict-note";
import { GuardedFields } from "./guarded-fields";
import { GuardedFoot } from "./guarded-foot";
import { type GuardedValues, guardedDefaults, guardedFormSchema, requestOf } from "./guarded-form";
import { useIntentSignal } from "./use-intent-signal";
import { useRequestCommands } from "./use-request-commands";

export interface GuardedBodyProps {
  kind: CommandKind;
  agentIds: readonly string[];
  dialogKey: string;
  firstFocus: RefObject<HTMLElement | null>;
  onLeave: (agentIds: readonly string[]) => void;
  onInstead: (kind: CommandKind) => void;
  onCancel: () => void;
  onSent: (batchId: string) => void;
}

/** The dialog before it is sent. */
export function GuardedBody(props: GuardedBodyProps) {
  const { kind, agentIds, onLeave, onSent } = props;
  const { store } = useLive();
  const offBecause = useOffBecause();
  const words = actionWords[kind];
  const form = useForm<GuardedValues>({
    resolver: zodResolver(guardedFormSchema(kind)),
    defaultValues: guardedDefaults,
  });
  // What is asked for is part of the key: the same dialog with other agents or words is another request.
  const [attempt, setAttempt] = useState(0);
  const request = useRequestCommands(`${props.dialogKey}-${kind}-${attempt}`);
  const reason = form.watch("reason");
  useIntentSignal(kind, agentIds, reason);

  const names = agentIds.map((id) => store.picture.agents.get(id)?.name ?? id);
  const busyIds = request.conflict?.conflicts.map(({ agentId }) => agentId) ?? [];
  const leave = (gone: readonly string[]) => {
    request.clear();
    setAttempt((count) => count + 1);
    onLeave(gone);
  };
  const submit = form.handleSubmit(async (values) => {
    const batchId = await request.send(requestOf(kind, agentIds, values));
    if (batchId) onSent(batchId);
  });
  const title = actionTitle(kind, names);

  return (
    <form
      noValidate
      onSubmit={submit}
      onChange={() => request.refusal && setAttempt((count) => count + 1)}
      className="flex min-h-0 flex-col"
    >
      <DialogHeader>
        <DialogTitle danger={typedWords[kind] !== undefined}>{title}</DialogTitle>
        <DialogDescription>
          {agentIds.length === 1 ? "It" : "Each"} {words.what}
        </DialogDescription>
      </DialogHeader>
      <DialogBody>
        <AffectedAgents ids={agentIds} onLeave={(id) => leave([id])} />
        <GuardedFields form={form} kind={kind} firstFocus={props.firstFocus} />
        {request.conflict ? (
          <ConflictNote
            conflict={request.conflict}
            onLeaveThem={busyIds.length < agentIds.length ? () => leave(busyIds) : undefined}
          />
        ) : request.refusal ? (
          <Alert tone="offline" role="alert">
            <b>Nothing was sent.</b> {request.refusal.message}
          </Alert>
        ) : null}
      </DialogBody>
      <GuardedFoot
        kind={kind}
        title={title}
        busy={request.busy}
        offBecause={offBecause}
        firstFocus={props.firstFocus}
        onCancel={props.onCancel}
        onInstead={props.onInstead}
      />
    </form>
  );
}
