"use client";

import { KeyRound } from "lucide-react";
import type { ReactNode } from "react";
import { Alert } from "../primitives/alert";
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
import { CopyLine } from "./copy-line";

/** Shows a secret this once. A click outside does not close it: only its hash is kept, and gone is gone. */
export function SecretDialog({
  title,
  secret,
  children,
  onClose,
}: {
  title: string;
  /** null: closed. */
  secret: string | null;
  /** How to use it. */
  children?: ReactNode;
  onClose: () => void;
}) {
  return (
    <Dialog open={secret !== null} onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent closeOnOutside={false} hideClose>
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
          <DialogDescription>Copy it now and keep it like a password.</DialogDescription>
        </DialogHeader>
        <DialogBody>
          <CopyLine text={secret ?? ""} />
          {children}
          <Alert icon={<KeyRound aria-hidden="true" />}>
            It is shown <b>this once</b>: Mission Control keeps only its fingerprint. Lost it? Revoke it and
            make another.
          </Alert>
        </DialogBody>
        <DialogFooter>
          <Button size="lg" onClick={onClose}>
            I have kept it
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
