"use client";

import type { Rule, RuleVersion } from "@/contracts/watch/rule";
import { trpc } from "../../../api/trpc";
import { tellFailure } from "../../../people/tell";
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
import { toast } from "../../../primitives/toast";
import { DifferenceList } from "../editor/difference-list";
import { useNames } from "../use-names";
import { differencesOf } from "../words/differences";
import { draftOf } from "../words/draft";

/** Shows what would change before an old version comes back, as a new one. */
export function ConfirmRestore({
  rule,
  version,
  open,
  onOpenChange,
}: {
  rule: Rule;
  version: RuleVersion;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const names = useNames();
  const cache = trpc.useUtils();
  const restore = trpc.rules.restore.useMutation({
    onSuccess: async (saved) => {
      onOpenChange(false);
      toast.done({ title: `“${saved.name}” is as in version ${version.version} again` });
      await cache.rules.invalidate();
    },
    onError: tellFailure(`Version ${version.version} was not restored`),
  });
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="md">
        <DialogHeader>
          <DialogTitle>Restore version {version.version}?</DialogTitle>
          <DialogDescription>
            It becomes version {rule.version + 1}; nothing of the history is lost. Alerts that it would not
            have fired are resolved.
          </DialogDescription>
        </DialogHeader>
        <DialogBody>
          <DifferenceList differences={differencesOf(draftOf(rule), version.rule, names)} />
        </DialogBody>
        <DialogFooter>
          <Button size="lg" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button
            size="lg"
            variant="primary"
            busy={restore.isPending}
            onClick={() => restore.mutate({ id: rule.id, version: version.version })}
          >
            Restore version {version.version}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
