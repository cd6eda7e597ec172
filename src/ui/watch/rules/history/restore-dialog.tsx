"use client";

import { Button } from "../../../primitives/button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "../../../primitives/dialog";
import { DifferenceList } from "../editor/difference-list";
import type { Difference } from "../words/differences";

/** What would change if an old version came back; it then is a new one. */
export function RestoreDialog({
  version,
  next,
  more,
  differences,
  busy,
  onRestore,
  onClose,
}: {
  version: number;
  /** The number that it would get. */
  next: number;
  /** What else happens. */
  more: string;
  differences: readonly Difference[];
  busy: boolean;
  onRestore: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent size="md">
        <DialogHeader>
          <DialogTitle>Restore version {version}?</DialogTitle>
          <DialogDescription>
            It becomes version {next}; nothing of the history is lost. {more}
          </DialogDescription>
        </DialogHeader>
        <DialogBody>
          <DifferenceList differences={differences} />
        </DialogBody>
        <DialogFooter>
          <Button size="lg" onClick={onClose}>
            Cancel
          </Button>
          <Button size="lg" variant="primary" busy={busy} onClick={onRestore}>
            Restore version {version}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
