"use client";

import { GitMerge } from "lucide-react";
import type { RuleDraft } from "@/contracts/watch/rule";
import { Alert } from "../../../primitives/alert";
import { Button } from "../../../primitives/button";
import { clashes, differencesOf } from "../words/differences";
import type { Names } from "../words/names";
import { DifferenceList } from "./difference-list";

/** Somebody else saved this rule while it is being edited here: what they changed, and what to do with one's own. */
export function ConflictNote({
  who,
  base,
  mine,
  theirs,
  names,
  onKeep,
  onTake,
}: {
  who: string;
  base: RuleDraft;
  mine: RuleDraft;
  theirs: RuleDraft;
  names: Names;
  onKeep: () => void;
  onTake: () => void;
}) {
  const both = clashes(base, mine, theirs).length;
  return (
    <Alert tone="hand" role="alert" icon={<GitMerge aria-hidden="true" />} data-testid="rule-conflict">
      <p>
        <b>{who} changed this rule while you were editing it.</b> What you typed is still here.{" "}
        {both === 0
          ? "You changed different things, so both can stay."
          : "You both changed the same: with yours on top, theirs is lost there."}
      </p>
      <div className="my-2">
        <DifferenceList differences={differencesOf(base, theirs, names)} />
      </div>
      <div className="flex flex-wrap gap-1.5">
        <Button onClick={onKeep}>Keep mine on top</Button>
        <Button variant="ghost" onClick={onTake}>
          Discard mine, take theirs
        </Button>
      </div>
    </Alert>
  );
}
