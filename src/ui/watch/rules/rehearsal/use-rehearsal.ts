"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { type RuleDraft, ruleDraftSchema } from "@/contracts/watch/rule";
import { trpc } from "../../../api/trpc";

/** After the last change: long enough that a number that is typed is asked once. */
const settleMs = 300;
const days = 7;

/** What decides when a rule fires and how many messages that makes; a name or a runbook is no reason to ask again. */
function questionOf(draft: RuleDraft): string {
  const parsed = ruleDraftSchema.safeParse(draft);
  if (!parsed.success) return "";
  return JSON.stringify({ ...parsed.data, name: "Rehearsal", runbook: null, enabled: true });
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/**
 * What the draft would have done over the last week, asked anew when it changes; a question that is overtaken is taken
 * back. `ready` false: the draft is not complete, so there is nothing to ask. `waits`: another one is asked first, since
 * a newer rehearsal of the same person takes the place of an older one.
 */
export function useRehearsal(draft: RuleDraft, ruleId: string | undefined, waits = false) {
  const question = useMemo(() => questionOf(draft), [draft]);
  const settled = useSettled(question);
  const { client } = trpc.useUtils();
  const query = useQuery({
    queryKey: ["rehearsal", ruleId ?? "new", settled],
    enabled: settled !== "" && !waits,
    staleTime: 60_000,
    // It says as of when it is; to look away and back is no reason to ask for both once more.
    refetchOnWindowFocus: false,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const rule = ruleDraftSchema.parse(JSON.parse(settled));
      const rehearsal = await client.rules.rehearse.mutate(
        { rule, days, ...(ruleId ? { ruleId } : {}) },
        { signal },
      );
      return { rehearsal, rule };
    },
  });
  return {
    ready: question !== "",
    /** What is shown belongs to an older draft, or is on its way. */
    behind: question !== settled || query.isFetching,
    data: query.data,
    error: query.error,
    again: () => void query.refetch(),
  };
}
