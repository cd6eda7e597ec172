"use client";

import { useRef, useState } from "react";
import type { CommandKind } from "@/contracts/fleet/command";
import { useLive } from "../../live/live-context";
import { Dialog, DialogContent } from "../../primitives/dialog";
import { GuardedBody } from "./guarded-body";
import { ProgressPanel } from "./progress-panel";
import { useMeanwhile } from "./use-meanwhile";

export interface GuardedAction {
  kind: CommandKind;
  agentIds: readonly string[];
  /** Idempotency key of this dialog. */
  key: string;
}

/**
 * An action on agents that others feel: it names them, asks why, and after it was sent becomes the progress that
 * everybody sees. A click outside does not close it, so that a typed reason is not lost by accident.
 */
export function GuardedDialog({
  action,
  onClose,
  onSent,
}: {
  action: GuardedAction;
  onClose: () => void;
  onSent: (batchId: string) => void;
}) {
  const { store } = useLive();
  const [kind, setKind] = useState(action.kind);
  const [batchId, setBatchId] = useState<string | null>(null);
  const [ids, setIds] = useState(() => action.agentIds.filter((id) => store.picture.agents.has(id)));
  // Here and not in the body: to change from kill to restart does not make anybody know what happened meanwhile.
  const meanwhile = useMeanwhile(ids);
  const firstFocus = useRef<HTMLElement | null>(null);
  const leave = (gone: readonly string[]) => {
    const left = ids.filter((id) => !gone.includes(id));
    if (left.length === 0) onClose();
    else setIds(left);
  };
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent
        size={batchId ? "lg" : "md"}
        initialFocus={firstFocus}
        closeOnOutside={batchId !== null}
        hideClose={batchId !== null}
        aria-describedby={undefined}
      >
        {batchId ? (
          <ProgressPanel batchId={batchId} onClose={onClose} />
        ) : (
          <GuardedBody
            key={kind}
            kind={kind}
            agentIds={ids}
            dialogKey={action.key}
            meanwhile={meanwhile}
            firstFocus={firstFocus}
            onLeave={leave}
            onInstead={setKind}
            onCancel={onClose}
            onSent={(sent) => {
              setBatchId(sent);
              onSent(sent);
            }}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}
