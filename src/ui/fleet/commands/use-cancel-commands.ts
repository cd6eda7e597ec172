"use client";

import type { Command } from "@/contracts/fleet/command";
import { refusalOf } from "../../api/refusal";
import { useSession } from "../../api/session";
import { trpc } from "../../api/trpc";
import { toast } from "../../primitives/toast";

export interface CancelCommands {
  /** Those that no agent has got yet. */
  waiting: readonly Command[];
  busy: boolean;
  run: () => void;
}

/** Takes back those of the commands that no agent has got yet; null where there are none, or none may be. */
export function useCancelCommands(commands: readonly Command[]): CancelCommands | null {
  const { can } = useSession();
  const cancel = trpc.commands.cancel.useMutation({
    onError: (error) => toast.failed({ title: "It was not cancelled.", detail: refusalOf(error).message }),
  });
  const waiting = commands.filter(({ state }) => state === "queued" || state === "awaiting-approval");
  if (waiting.length === 0 || !can("agents:operate")) return null;
  const run = () => {
    for (const { id } of waiting) cancel.mutate({ id });
  };
  return { waiting, busy: cancel.isPending, run };
}
