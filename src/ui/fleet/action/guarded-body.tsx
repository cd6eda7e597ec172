"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type FormEvent, type RefObject, useState } from "react";
import { useForm } from "react-hook-form";
import { type CommandKind, typedWords } from "@/contracts/fleet/command";
import { useNow } from "../../format/ticker";
import { useAgent } from "../../live/hooks";
import { useLive } from "../../live/live-context";
import { Alert } from "../../primitives/alert";
import { DialogBody, DialogDescription, DialogHeader, DialogTitle } from "../../primitives/dialog";
import { actionTitle, actionWords } from "./action-words";
import { AffectedAgents } from "./affected-agents";
import { isAway } from "./away-note";
import { ConflictNote } from "./conflict-note";
import { GuardedFields } from "./guarded-fields";
import { GuardedFoot } from "./guarded-foot";
import { type GuardedValues, guardedDefaults, guardedFormSchema, requestOf } from "./guarded-form";
import { HandsAnnouncer } from "./hands-announcer";
import { MeanwhileNote } from "./meanwhile-note";
import { useOpenCommandsOn } from "./use-commands-on";
import { useIntentSignal } from "./use-intent-signal";
import type { Meanwhile } from "./use-meanwhile";
import { useRequestCommands } from "./use-request-commands";
import { useSendOffBecause } from "./use-send-off-because";
import { useTypedAgain } from "./use-typed-again";

export interface GuardedBodyProps {
  kind: CommandKind;
  agentIds: readonly string[];
  dialogKey: string;
  meanwhile: Meanwhile;
  firstFocus: RefObject<HTMLElement | null>;
  onLeave: (agentIds: readonly string[]) => void;
  onInstead: (kind: CommandKind) => void;
  onCancel: () => void;
  onSent: (batchId: string) => void;
}

/** Whether the dialog is about one agent alone, which cannot do it now. */
function useOnlyOneIsAway(agentIds: readonly string[]): boolean {
  const [id = ""] = agentIds;
  const agent = useAgent(id);
  const nowMs = useNow();
  return agentIds.length === 1 && agent !== undefined && isAway(agent, nowMs);
}

/** The dialog before it is sent. */
export function GuardedBody(props: GuardedBodyProps) {
  const { kind, agentIds, meanwhile, onLeave, onSent } = props;
  const { store } = useLive();
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

  // The board may tell of this dialog's own commands before the answer to them is here.
  const sending = form.formState.isSubmitting;
  const openNow = useOpenCommandsOn(agentIds);
  const open = sending ? [] : openNow;
  // Asking how an agent is does no harm, whatever was done to it.
  const unconfirmed = kind === "health-check" ? [] : meanwhile.unconfirmed;
  const offBecause = useSendOffBecause(kind, open, unconfirmed);
  useTypedAgain(form, unconfirmed);

  const names = agentIds.map((id) => store.picture.agents.get(id)?.name ?? id);
  const conflicts = request.conflict?.conflicts ?? (agentIds.length > 1 ? open : []);
  const busyIds = conflicts.map(({ agentId }) => agentId);
  const leave = (gone: readonly string[]) => {
    request.clear();
    setAttempt((count) => count + 1);
    onLeave(gone);
  };
  const send = form.handleSubmit(async (values) => {
    const batchId = await request.send(requestOf(kind, agentIds, values));
    if (batchId) onSent(batchId);
  });
  const submit = (event: FormEvent) => {
    // Enter in the only field of a form sends it even where the button is off.
    if (offBecause) event.preventDefault();
    else void send(event);
  };
  const title = actionTitle(kind, names);
  const away = useOnlyOneIsAway(agentIds);

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
          {away ? "Once it is back, it" : agentIds.length === 1 ? "It" : "Each"} {words.what}
        </DialogDescription>
      </DialogHeader>
      {/* Rows keep their height: else the list of agents, which scrolls too, would be squeezed on a phone. */}
      <DialogBody className="auto-rows-max">
        <AffectedAgents
          ids={agentIds}
          waitMs={form.watch("waitMs")}
          sending={sending}
          meanwhile={meanwhile.done}
          onLeave={(id) => leave([id])}
        />
        <GuardedFields form={form} kind={kind} firstFocus={props.firstFocus} />
        <HandsAnnouncer agentIds={agentIds} open={open} unconfirmed={unconfirmed} />
      </DialogBody>
      {/* Outside of what scrolls: why nothing goes must be in sight of the button. */}
      <div className="grid max-h-[30vh] shrink-0 gap-2 overflow-y-auto px-5 pb-3 empty:hidden max-md:px-4">
        {unconfirmed.length > 0 ? <MeanwhileNote kind={kind} title={title} meanwhile={meanwhile} /> : null}
        {conflicts.length > 0 ? (
          <ConflictNote
            conflicts={conflicts}
            sent={request.conflict !== null}
            onLeaveThem={busyIds.length < agentIds.length ? () => leave(busyIds) : undefined}
          />
        ) : request.refusal ? (
          <Alert tone="offline" role="alert">
            <b>Nothing was sent.</b> {request.refusal.message}
          </Alert>
        ) : null}
      </div>
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
