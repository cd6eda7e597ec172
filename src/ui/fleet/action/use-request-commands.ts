"use client";

import { useState } from "react";
import { type CommandConflict, commandConflictSchema, type RequestCommands } from "@/contracts/fleet/command";
import { type ApiRefusal, refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";

export interface RequestState {
  busy: boolean;
  /** Who was first, when that is what went wrong. */
  conflict: CommandConflict | null;
  refusal: ApiRefusal | null;
  clear: () => void;
  /** The batch that was made, or null when it was refused. */
  send: (request: RequestCommands) => Promise<string | null>;
}

/** One key a dialog and content: sending the same again after a lost answer makes nothing twice. */
export function useRequestCommands(dialogKey: string): RequestState {
  const [error, setError] = useState<unknown>(null);
  const request = trpc.commands.request.useMutation({
    trpc: { context: { idempotencyKey: dialogKey } },
  });
  const refusal = error === null ? null : refusalOf(error);
  const parsed = refusal?.code === "conflict" ? commandConflictSchema.safeParse(refusal.details) : null;
  return {
    busy: request.isPending,
    conflict: parsed?.success ? parsed.data : null,
    refusal,
    clear: () => setError(null),
    send: async (wish) => {
      try {
        const made = await request.mutateAsync(wish);
        setError(null);
        return made.items[0]?.batchId ?? null;
      } catch (caught) {
        setError(caught);
        return null;
      }
    },
  };
}
