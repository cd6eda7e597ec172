"use client";

import Link from "next/link";
import { TextLink } from "../../primitives/text-link";
import { RuleSwitch } from "./list/rule-switch";
import { useNames } from "./use-names";
import { useRules } from "./use-rules";
import { sentenceOf } from "./words/sentence";

/** Under an alert's story: the rule that fired it, as its sentence. Says so when it was deleted. */
export function RuleBehind({ ruleId }: { ruleId: string }) {
  const rules = useRules();
  const names = useNames();
  const rule = rules.data?.items.find(({ id }) => id === ruleId);
  if (!rules.data) return null;
  return (
    <section className="border-t bg-muted/40 px-6 py-4 max-md:px-4">
      {rule ? (
        <>
          <header className="flex items-center gap-3">
            <h2 className="text-base">The rule behind it</h2>
            <span className="flex-1" />
            <RuleSwitch rule={rule} />
          </header>
          <p className="mt-1 text-pretty text-muted-foreground">{sentenceOf(rule, names)}</p>
          <p className="mt-1">
            <TextLink asChild>
              <Link href={`/alerts/rules/${rule.id}`}>Change it, and see what that would have done</Link>
            </TextLink>
          </p>
        </>
      ) : (
        <p className="text-muted-foreground">The rule behind it was deleted since.</p>
      )}
    </section>
  );
}
