"use client";

import { GitMerge } from "lucide-react";
import type { Channel } from "@/contracts/watch/channel";
import type { StoredPolicy } from "@/contracts/watch/policy";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";
import { DifferenceList } from "../rules/editor/difference-list";
import type { PolicyEditing } from "./use-policy";
import { policyDifferences } from "./words/policy-differences";

/** Somebody else saved the routes while they are being edited here: what they changed, and whose goes on. */
export function PolicyConflict({
  editing,
  newest,
  channels,
}: {
  editing: PolicyEditing;
  newest: StoredPolicy;
  channels: readonly Channel[];
}) {
  return (
    <Alert
      tone="hand"
      role="alert"
      className="mb-4"
      icon={<GitMerge aria-hidden="true" />}
      data-testid="policy-conflict"
    >
      <p>
        <b>{newest.author.name} changed the routes while you were editing them.</b> What you changed is still
        here. Saving yours takes back what they changed:
      </p>
      <div className="my-2">
        <DifferenceList differences={policyDifferences(editing.base.policy, newest.policy, channels)} />
      </div>
      <div className="flex flex-wrap gap-1.5">
        <Button onClick={editing.keep}>Keep mine, to save over theirs</Button>
        <Button variant="ghost" onClick={editing.discard}>
          Discard mine, take theirs
        </Button>
      </div>
    </Alert>
  );
}
