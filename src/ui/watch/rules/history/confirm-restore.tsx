"use client";

import type { Rule, RuleVersion } from "@/contracts/watch/rule";
import { trpc } from "../../../api/trpc";
import { tellFailure } from "../../../people/tell";
import { toast } from "../../../primitives/toast";
import { useNames } from "../use-names";
import { differencesOf } from "../words/differences";
import { draftOf } from "../words/draft";
import { RestoreDialog } from "./restore-dialog";

/** Shows what would change before an old version of a rule comes back, as a new one. */
export function ConfirmRestore({
  rule,
  version,
  onClose,
}: {
  rule: Rule;
  version: RuleVersion;
  onClose: () => void;
}) {
  const names = useNames();
  const cache = trpc.useUtils();
  const restore = trpc.rules.restore.useMutation({
    onSuccess: async (saved) => {
      onClose();
      toast.done({ title: `“${saved.name}” is as in version ${version.version} again` });
      await cache.rules.invalidate();
    },
    onError: tellFailure(`Version ${version.version} was not restored`),
  });
  return (
    <RestoreDialog
      version={version.version}
      next={rule.version + 1}
      more="Alerts that it would not have fired are resolved."
      differences={differencesOf(draftOf(rule), version.rule, names)}
      busy={restore.isPending}
      onRestore={() => restore.mutate({ id: rule.id, version: version.version })}
      onClose={onClose}
    />
  );
}
