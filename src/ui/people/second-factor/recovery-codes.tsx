"use client";

import { Download, KeyRound } from "lucide-react";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";
import { CopyButton } from "../../primitives/copy-button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "../../primitives/dialog";

/** Ten codes, with what to do with them: to copy, or to keep as a file. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const text = `${codes.join("\n")}\n`;
  return (
    <div className="grid gap-3">
      <ul
        aria-label="Recovery codes"
        className="mono grid select-all grid-cols-2 gap-x-6 gap-y-1 rounded-md bg-muted px-4 py-3 text-sm"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={text} variant="primary" />
        <Button asChild>
          <a
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
            download="mission-control-recovery-codes.txt"
          >
            <Download aria-hidden="true" />
            Keep as a file
          </a>
        </Button>
      </div>
      <Alert icon={<KeyRound aria-hidden="true" />}>
        They are shown <b>this once</b>. Any one of them sets a new password when you lost yours or your
        phone, and voids the others. Keep them where your phone is not.
      </Alert>
    </div>
  );
}

/** Shows them over a page. A click outside does not close it: what is gone is gone. */
export function RecoveryCodesDialog({
  codes,
  onClose,
}: {
  /** null: closed. */
  codes: readonly string[] | null;
  onClose: () => void;
}) {
  return (
    <Dialog open={codes !== null} onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent size="sm" closeOnOutside={false} hideClose>
        <DialogHeader>
          <DialogTitle>Your recovery codes</DialogTitle>
          <DialogDescription>Ten codes, each for one time. The ones before are void.</DialogDescription>
        </DialogHeader>
        <DialogBody>
          <RecoveryCodes codes={codes ?? []} />
        </DialogBody>
        <DialogFooter>
          <Button size="lg" onClick={onClose}>
            I have kept them
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
