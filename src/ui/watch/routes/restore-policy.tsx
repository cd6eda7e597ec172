"use client";

import type { Channel } from "@/contracts/watch/channel";
import type { StoredPolicy } from "@/contracts/watch/policy";
import { trpc } from "../../api/trpc";
import { tellFailure } from "../../people/tell";
import { toast } from "../../primitives/toast";
import { RestoreDialog } from "../rules/history/restore-dialog";
import { policyDifferences } from "./words/policy-differences";

/** Shows what would change before old routes come back, as a new version. */
export function RestorePolicy({
  wanted,
  newest,
  channels,
  onClose,
}: {
  wanted: StoredPolicy;
  newest: StoredPolicy;
  channels: readonly Channel[];
  onClose: () => void;
}) {
  const cache = trpc.useUtils();
  const restore = trpc.alertPolicy.restore.useMutation({
    onSuccess: async () => {
      onClose();
      toast.done({ title: `The routes are as in version ${wanted.version} again` });
      await cache.alertPolicy.invalidate();
    },
    onError: tellFailure(`Version ${wanted.version} was not restored`),
  });
  return (
    <RestoreDialog
      version={wanted.version}
      next={newest.version + 1}
      more="What waits to be told goes by them at once."
      differences={policyDifferences(newest.policy, wanted.policy, channels)}
      busy={restore.isPending}
      onRestore={() => restore.mutate({ version: newest.version, restore: wanted.version })}
      onClose={onClose}
    />
  );
}
