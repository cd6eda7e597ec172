"use client";

import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useNews } from "../../live/hooks";

/** The rules, once `wanted`; read again when somebody changes one: a fact says so, nothing is polled. */
export function useRules(wanted = true) {
  const cache = trpc.useUtils();
  // Facts are heard only while this is shown: what was read before may be old already.
  const rules = trpc.rules.list.useQuery({}, { staleTime: 0, enabled: wanted });
  const readAgain = useCalmly(() => void cache.rules.invalidate());
  useNews(["rule"], readAgain);
  return rules;
}
