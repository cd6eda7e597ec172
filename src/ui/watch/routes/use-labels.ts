"use client";

import { useMemo } from "react";
import { conditionKinds } from "@/contracts/watch/condition";
import { trpc } from "../../api/trpc";
import type { LabelValues } from "../matchers/label-values";
import { useLabelValues } from "../matchers/use-label-values";

/** What labels can be: what the board knows, and what the rules add. */
export function useLabels(): LabelValues {
  const known = useLabelValues();
  const rules = trpc.rules.list.useQuery({}).data?.items;
  return useMemo(() => {
    const all = new Map([...known].map(([label, values]) => [label, new Set(values)]));
    const add = (label: string, value: string) => all.set(label, (all.get(label) ?? new Set()).add(value));
    for (const kind of conditionKinds) add("kind", kind);
    for (const rule of rules ?? []) {
      add("rule", rule.name);
      for (const [label, value] of Object.entries(rule.labels)) add(label, value);
    }
    return new Map([...all].map(([label, values]) => [label, [...values].sort()]));
  }, [known, rules]);
}
