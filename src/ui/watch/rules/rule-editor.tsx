"use client";

import { type ReactNode, useState } from "react";
import type { Channel } from "@/contracts/watch/channel";
import type { Rule } from "@/contracts/watch/rule";
import { useWhyNot } from "../../people/me";
import { Button } from "../../primitives/button";
import { Switch } from "../../primitives/switch";
import { NobodyTold } from "./nobody-told";
import { RuleSentence } from "./rule-sentence";
import { type RuleWish, ruleChange } from "./rule-words";
import { useRuleChange } from "./use-rule-change";

/** One rule: its switch acts at once, its words are a draft until they are saved. */
export function RuleEditor({
  rule,
  channels,
  title,
  actions,
}: {
  rule: Rule;
  channels: readonly Channel[];
  title: ReactNode;
  actions?: ReactNode;
}) {
  const [draft, setDraft] = useState<RuleWish | null>(null);
  const { busy, save } = useRuleChange(rule, () => setDraft(null));
  const because = useWhyNot("rules:manage");
  const change = draft && ruleChange(rule, draft);
  return (
    <>
      <header className="flex flex-wrap items-center gap-2">
        {title}
        <span className="flex-1" />
        <span className="flex items-center gap-2 text-muted-foreground text-xs" title={because}>
          <Switch
            aria-label={`Rule ${rule.name} is on`}
            checked={rule.enabled}
            disabled={because !== undefined || busy}
            onCheckedChange={(enabled) => save({ enabled })}
          />
          {rule.enabled ? "On" : "Off"}
        </span>
        {change ? (
          <>
            <Button onClick={() => setDraft(null)}>Discard</Button>
            <Button variant="primary" busy={busy} onClick={() => save(change)}>
              Save the rule
            </Button>
          </>
        ) : (
          actions
        )}
      </header>
      <div className="mt-2">
        <RuleSentence rule={draft ?? rule} channels={channels} onChange={setDraft} fixedBecause={because} />
      </div>
      <NobodyTold rule={draft ?? rule} channels={channels} />
      {because ? <p className="mt-1 text-muted-foreground text-xs">{because}</p> : null}
    </>
  );
}
