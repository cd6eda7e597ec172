"use client";

import type { Rule } from "@/contracts/watch/rule";
import { trpc } from "../../api/trpc";
import { tellFailure } from "../../people/tell";
import { toast } from "../../primitives/toast";

/** Saves a rule's change and says what came of it. */
export function useRuleChange(rule: Rule, done?: () => void) {
  const cache = trpc.useUtils();
  const change = trpc.rules.change.useMutation({
    onSuccess: async (saved, wish) => {
      const words = wish.enabled === undefined ? "is saved" : saved.enabled ? "is on" : "is off";
      toast.done({ title: `The rule “${saved.name}” ${words}` });
      await cache.rules.list.invalidate();
      done?.();
    },
    onError: tellFailure(`The rule “${rule.name}” was not changed`),
  });
  return {
    busy: change.isPending,
    save: (wish: Omit<Parameters<typeof change.mutate>[0], "id">) => change.mutate({ ...wish, id: rule.id }),
  };
}
