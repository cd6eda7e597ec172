"use client";

import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useNews } from "../../live/hooks";

/** The rules, read again when somebody changes one: a fact says so, nothing is polled. */
export function useRules() {
  const cache = trpc.useUtils();
  const rules = trpc.rules.list.useQuery({});
  const readAgain = useCalmly(() => void cache.rules.invalidate());
  useNews(["rule"], readAgain);
  return rules;
}
