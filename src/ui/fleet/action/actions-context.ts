"use client";

import { createContext, useContext } from "react";
import type { CommandKind } from "@/contracts/fleet/command";

export interface Actions {
  /** Opens the guarded dialog on these agents. */
  open: (kind: CommandKind, agentIds: readonly string[]) => void;
  /** Opens the progress of a batch. */
  show: (batchId: string) => void;
}

/** Filled by `ActionsProvider`; apart from it, since what the dialogs show opens dialogs too. */
export const ActionsContext = createContext<Actions | null>(null);

export function useActions(): Actions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error("useActions needs an ActionsProvider above it.");
  return actions;
}
