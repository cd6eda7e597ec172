"use client";

import { trpc } from "../../api/trpc";
import { RuleEditor } from "./rule-editor";

/** Under an alert's story: the rule that fired it, to be changed on the spot. Nothing when it was deleted. */
export function RuleBehind({ ruleId }: { ruleId: string }) {
  const rules = trpc.rules.list.useQuery({});
  const channels = trpc.channels.list.useQuery({});
  const rule = rules.data?.items.find(({ id }) => id === ruleId);
  if (!rules.data || !channels.data) return null;
  return (
    <section className="flex-1 border-t bg-muted/40 px-6 py-4 max-md:px-4">
      {rule ? (
        <RuleEditor
          key={rule.id}
          rule={rule}
          channels={channels.data.items}
          title={<h2 className="text-base">The rule behind it</h2>}
        />
      ) : (
        <p className="text-muted-foreground">The rule behind it was deleted since.</p>
      )}
    </section>
  );
}
