"use client";

import { useMemo } from "react";
import type { Silence } from "@/contracts/watch/silence";
import { quietedBy } from "./quieted-by";
import { useSilences } from "./use-silences";

/** What keeps firing alerts quiet now, by their ids; renewed when silences or alerts change. */
export function useQuieted(): ReadonlyMap<string, Silence> {
  const { data } = useSilences();
  return useMemo(() => quietedBy(data?.items ?? []), [data]);
}
