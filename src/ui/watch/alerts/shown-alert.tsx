"use client";

import { useParams } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { alertFilterAddress } from "./alert-filter";
import { useFitting } from "./fitting-alerts";
import { useQuietAlerts } from "./quiet-alerts";
import { useAlertFilter } from "./use-alert-filter";

const ShownAlert = createContext<string | null>(null);

/**
 * Which alert stands beside the list: that of the address, else the one that was worst when one came. It stays when it
 * ends or a worse one fires, so that nothing changes under the hand of whoever reads or types; another filter picks anew.
 * One that an outage begins to speak for gives way to the outage, unless somebody is about something in the page.
 */
export function ShownAlertProvider({ children }: { children: ReactNode }) {
  const { id } = useParams<{ id?: string }>();
  const [filter] = useAlertFilter();
  const { calling, muted } = useFitting();
  const { inhibited } = useQuietAlerts();
  const search = alertFilterAddress(filter);
  const [kept, setKept] = useState<{ id: string | null; search: string }>({ id: null, search });
  const worst = filter.state === "firing" ? ((calling[0] ?? muted[0])?.id ?? null) : null;
  const chosen = id ?? (kept.search === search ? (kept.id ?? worst) : worst);
  if (chosen !== kept.id || search !== kept.search) setKept({ id: chosen, search });
  const speaks =
    id === undefined && chosen !== null && inhibited.has(chosen) ? (calling[0]?.id ?? null) : null;
  useEffect(() => {
    if (speaks !== null && !isInHand()) setKept({ id: speaks, search });
  }, [speaks, search]);
  return <ShownAlert value={chosen}>{children}</ShownAlert>;
}

/** Somebody types, has typed, or has a menu or a dialog open. */
function isInHand(): boolean {
  if (document.querySelector("[role=dialog], [role=menu], textarea:focus, input:focus")) return true;
  return [...document.querySelectorAll("textarea")].some(({ value }) => value !== "");
}

/** Null: none, or not known yet. */
export function useShownAlert(): string | null {
  return useContext(ShownAlert);
}
