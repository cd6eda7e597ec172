"use client";

import { createContext, type ReactNode, useContext, useEffect } from "react";
import type { Crumb } from "./shell-types";

export interface ShellPageWords {
  /** On a phone it stands in the header; every page has one. */
  title: string;
  crumbs?: readonly Crumb[] | undefined;
  /** On a phone it takes the place of the tab bar, as the actions of an agent do. */
  phoneBar?: ReactNode;
}

export const ShellPageContext = createContext<((words: ShellPageWords) => void) | null>(null);

/**
 * A page tells the shell around it what it is. The shell lives in the layout and stays while pages change, so the
 * live connection does too. Keep `crumbs` and `phoneBar` stable (module constant or useMemo).
 */
export function ShellPage({ title, crumbs, phoneBar }: ShellPageWords) {
  const tell = useContext(ShellPageContext);
  useEffect(() => tell?.({ title, crumbs, phoneBar }), [tell, title, crumbs, phoneBar]);
  return null;
}
