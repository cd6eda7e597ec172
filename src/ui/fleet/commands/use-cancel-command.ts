"use client";

import type { Command } from "@/contracts/fleet/command";
import { refusalOf } from "../../api/refusal";
import { useSession } from "../../api/session";
import { trpc } from "../../api/trpc";
import { toast } from "../../primitives/toast";

/** Takes back a command that no agent has got yet; null where that is not possible any more. */
export function useCancelCommand(command: Command): { busy: boolean; run: () => void } | null {
  const { can } = useSession();
  const cancel = trpc.commands.cancel.useMutation({
    onError: (error) => toast.failed({ title: "It was not cancelled.", detail: refusalOf(error).message }),
  });
  const waits = command.state === "queued" || command.state === "awaiting-approval";
  if (!waits || !can("agents:operate")) return null;
  return { busy: cancel.isPending, run: () => cancel.mutate({ id: command.id }) };
}
