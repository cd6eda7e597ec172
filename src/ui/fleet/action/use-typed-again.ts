"use client";

import { useEffect, useRef } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { Command } from "@/contracts/fleet/command";
import type { GuardedValues } from "./guarded-form";

/**
 * Takes back the typed word whenever somebody else has acted: it was typed for an agent as it was before. What was known
 * and is gone, such as by leaving an agent to them, is no news.
 */
export function useTypedAgain(
  { setValue }: UseFormReturn<GuardedValues>,
  unconfirmed: readonly Command[],
): void {
  const known = useRef<ReadonlySet<string>>(new Set());
  const ids = unconfirmed.map(({ id }) => id).join(" ");
  useEffect(() => {
    const now = ids === "" ? [] : ids.split(" ");
    const isNews = now.some((id) => !known.current.has(id));
    known.current = new Set([...known.current, ...now]);
    if (isNews) setValue("typed", "");
  }, [ids, setValue]);
}
