"use client";

import { useState } from "react";
import type { Channel } from "@/contracts/watch/channel";
import { trpc } from "../../api/trpc";
import { tellFailure } from "../../people/tell";
import { Button } from "../../primitives/button";
import { Card } from "../../primitives/card";
import { toast } from "../../primitives/toast";
import { NobodyTold } from "./nobody-told";
import { RuleSentence } from "./rule-sentence";
import { type RuleWish, ruleName } from "./rule-words";

const start: RuleWish = { kind: "offline", scope: { kind: "all" }, severity: "critical", channelIds: [] };

/** A rule that is being written. It is named by its own sentence. */
export function NewRule({ channels, onDone }: { channels: readonly Channel[]; onDone: () => void }) {
  const [rule, setRule] = useState(start);
  const cache = trpc.useUtils();
  const create = trpc.rules.create.useMutation({
    onSuccess: async (made) => {
      toast.done({ title: `The rule “${made.name}” watches from now on` });
      await cache.rules.list.invalidate();
      onDone();
    },
    onError: tellFailure("The rule was not added"),
  });
  return (
    <Card className="border-hand/45 px-4 py-3" aria-label="New rule">
      <header className="flex flex-wrap items-center gap-2">
        <h2 className="cut text-base">{ruleName(rule)}</h2>
        <span className="flex-1" />
        <Button onClick={onDone}>Cancel</Button>
        <Button
          variant="primary"
          busy={create.isPending}
          onClick={() => create.mutate({ ...rule, name: ruleName(rule), enabled: true })}
        >
          Add the rule
        </Button>
      </header>
      <div className="mt-2">
        <RuleSentence rule={rule} channels={channels} onChange={setRule} />
      </div>
      <NobodyTold rule={rule} channels={channels} />
    </Card>
  );
}
