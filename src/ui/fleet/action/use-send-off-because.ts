"use client";

import { type Command, type CommandKind, typedWords } from "@/contracts/fleet/command";
import { useOffBecause } from "../../live/hooks";
import { commandTitle } from "./action-words";

/** Why a guarded dialog may not be sent now; undefined when it may. The server judges it again. */
export function useSendOffBecause(
  kind: CommandKind,
  open: readonly Command[],
  unconfirmed: readonly Command[],
): string | undefined {
  const offBecause = useOffBecause();
  if (offBecause) return offBecause;
  const [first] = open;
  if (first) {
    return `${commandTitle(first)} is under way on ${first.agentName}: anything else is refused until it has ended.`;
  }
  const [done] = unconfirmed;
  // A typed word that has to be typed again is a confirmation already.
  if (!done || typedWords[kind]) return undefined;
  return `${commandTitle(done)} was done on ${done.agentName} while this was open: confirm above first.`;
}
