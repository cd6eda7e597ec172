"use client";

import { type ReactNode, useRef } from "react";
import { Button } from "../primitives/button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "../primitives/dialog";

/** Asks once more before something that hurts. The safe choice has the focus; the other names what it does. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  children,
  does,
  busy,
  onConfirm,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will be lost, and what stays. */
  children: ReactNode;
  /** The verb on the button: "Delete Ops Teams". */
  does: string;
  busy: boolean;
  onConfirm: () => void;
}) {
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="sm" initialFocus={cancel} hideClose>
        <DialogHeader>
          <DialogTitle danger>{title}</DialogTitle>
          <DialogDescription className="sr-only">Confirm or cancel.</DialogDescription>
        </DialogHeader>
        <DialogBody className="text-base">{children}</DialogBody>
        <DialogFooter>
          <Button ref={cancel} size="lg" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button variant="destructive" size="lg" busy={busy} onClick={onConfirm}>
            {does}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
