"use client";

import { useParams } from "next/navigation";
import { createContext, type ReactNode, useContext, useState } from "react";
import { alertFilterAddress } from "./alert-filter";
import { useFitting } from "./fitting-alerts";
import { useAlertFilter } from "./use-alert-filter";

const ShownAlert = createContext<string | null>(null);

/**
 * Which alert stands beside the list: that of the address, else the one that was worst when one came. It stays when it
 * ends or a worse one fires, so that nothing changes under the hand of whoever reads or types; another filter picks anew.
 */
export function ShownAlertProvider({ children }: { children: ReactNode }) {
  const { id } = useParams<{ id?: string }>();
  const [filter] = useAlertFilter();
  const { calling, muted } = useFitting();
  const search = alertFilterAddress(filter);
  const [kept, setKept] = useState<{ id: string | null; search: string }>({ id: null, search });
  const worst = filter.state === "firing" ? ((calling[0] ?? muted[0])?.id ?? null) : null;
  const chosen = id ?? (kept.search === search ? (kept.id ?? worst) : worst);
  if (chosen !== kept.id || search !== kept.search) setKept({ id: chosen, search });
  return <ShownAlert value={chosen}>{children}</ShownAlert>;
}

/** Null: none, or not known yet. */
export function useShownAlert(): string | null {
  return useContext(ShownAlert);
}
