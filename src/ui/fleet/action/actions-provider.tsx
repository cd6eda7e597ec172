"use client";

import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { Dialog, DialogContent } from "../../primitives/dialog";
import { whenIdle } from "../../shell/when-idle";
import { type Actions, ActionsContext } from "./actions-context";
import type { GuardedAction } from "./guarded-dialog";
import { OutcomeToasts } from "./outcome-toasts";
import { ProgressPanel } from "./progress-panel";

const loadDialog = () => import("./guarded-dialog").then(({ GuardedDialog }) => ({ default: GuardedDialog }));
/** With its form it weighs as much as the board: on its way once the board stands. */
const GuardedDialog = lazy(loadDialog);
whenIdle(loadDialog);

/** Dialogs that any part of the console may open, and the outcome of what this person sent. */
export function ActionsProvider({ children }: { children: ReactNode }) {
  const [action, setAction] = useState<GuardedAction | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const [sent, setSent] = useState<readonly string[]>([]);
  const actions = useMemo<Actions>(
    () => ({
      open: (kind, agentIds) => {
        setShown(null);
        if (agentIds.length > 0) setAction({ kind, agentIds, key: newKey() });
      },
      show: setShown,
    }),
    [],
  );
  return (
    <ActionsContext value={actions}>
      {children}
      {action ? (
        <Suspense>
          <GuardedDialog
            key={action.key}
            action={action}
            onClose={() => setAction(null)}
            onSent={(batchId) => setSent((before) => [...before, batchId])}
          />
        </Suspense>
      ) : null}
      {shown ? (
        <Dialog open onOpenChange={(open) => open || setShown(null)}>
          <DialogContent size="lg" hideClose aria-describedby={undefined}>
            <ProgressPanel batchId={shown} onClose={() => setShown(null)} />
          </DialogContent>
        </Dialog>
      ) : null}
      <OutcomeToasts batchIds={sent} onTold={(id) => setSent((all) => all.filter((other) => other !== id))} />
    </ActionsContext>
  );
}

/** `crypto.randomUUID` is missing on plain http in a local network, where consoles do run. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
