"use client";

import type { JoinToken } from "@/contracts/fleet/agent";
import { trpc } from "../../api/trpc";
import { countOf } from "../../format/quantity";
import { useNow } from "../../format/ticker";
import { Badge } from "../../primitives/badge";
import { Button } from "../../primitives/button";
import { TableActionCell, TableCell, TableRow } from "../../primitives/table";
import { toast } from "../../primitives/toast";
import { tellFailure } from "../tell";
import { EndsAt } from "../tokens/ends-at";
import { tokenState } from "../tokens/token-state";

/** Revoking needs no second question: agents that came in keep their own keys, and another token is quickly made. */
export function JoinTokenRow({ token }: { token: JoinToken }) {
  const cache = trpc.useUtils();
  const nowMs = useNow();
  const state = tokenState(token, nowMs);
  const revoke = trpc.joinTokens.revoke.useMutation({
    onSuccess: async () => {
      toast.done({ title: `${token.prefix}… lets nobody in any more` });
      await cache.joinTokens.list.invalidate();
    },
    onError: tellFailure("The join token was not revoked"),
  });
  return (
    <TableRow dimmed={state !== "valid"}>
      <TableCell className="h-11 max-md:h-16">
        <span className="flex items-center gap-1.5">
          <span className="mono">{token.prefix}…</span>
          {state === "valid" ? null : <Badge>{state}</Badge>}
        </span>
        <span className="block text-muted-foreground text-xs md:hidden">{token.group ?? "no group"}</span>
      </TableCell>
      <TableCell className="max-md:hidden">
        {token.group ?? <span className="text-muted-foreground">no group</span>}
      </TableCell>
      <TableCell>{token.usesLeft === null ? "no limit" : countOf(token.usesLeft, "agent")}</TableCell>
      <TableCell numeric className="text-muted-foreground max-md:hidden">
        <EndsAt at={token.expiresAt} over={state === "expired"} />
      </TableCell>
      <TableActionCell>
        {state === "valid" ? (
          <Button
            variant="ghost"
            aria-label={`Revoke ${token.prefix}`}
            busy={revoke.isPending}
            onClick={() => revoke.mutate({ id: token.id })}
          >
            Revoke
          </Button>
        ) : null}
      </TableActionCell>
    </TableRow>
  );
}
