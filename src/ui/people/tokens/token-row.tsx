"use client";

import { useState } from "react";
import type { ApiToken } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { useNow } from "../../format/ticker";
import { RelativeTime } from "../../format/time";
import { Badge } from "../../primitives/badge";
import { Button } from "../../primitives/button";
import { TableActionCell, TableCell, TableRow } from "../../primitives/table";
import { toast } from "../../primitives/toast";
import { ConfirmDialog } from "../confirm-dialog";
import { tellFailure } from "../tell";
import { EndsAt } from "./ends-at";
import { GrantedWords } from "./granted-words";
import { tokenState } from "./token-state";

/** `mine`: whose token it is need not be said. */
export function TokenRow({ token, mine }: { token: ApiToken; mine: boolean }) {
  const cache = trpc.useUtils();
  const nowMs = useNow();
  const [asking, setAsking] = useState(false);
  const revoke = trpc.tokens.revoke.useMutation({
    onSuccess: async () => {
      setAsking(false);
      toast.done({ title: `${token.name} opens nothing any more` });
      await cache.tokens.list.invalidate();
    },
    onError: (error) => {
      setAsking(false);
      tellFailure(`${token.name} was not revoked`)(error);
    },
  });
  const state = tokenState(token, nowMs);
  return (
    <TableRow dimmed={state !== "valid"}>
      <TableCell className="h-11 max-md:h-16">
        <span className="grid min-w-0 leading-[18px]">
          <span className="flex min-w-0 items-center gap-1.5">
            <b className="cut font-strong">{token.name}</b>
            {state === "valid" ? null : <Badge>{state}</Badge>}
          </span>
          <span className="cut text-muted-foreground text-xs">
            <span className="mono">{token.prefix}…</span>
            {token.madeBy && !mine ? ` of ${token.madeBy}` : null}
          </span>
        </span>
      </TableCell>
      <TableCell className="max-md:hidden">
        <GrantedWords role={token.role} scopes={token.scopes} />
      </TableCell>
      <TableCell numeric className="text-muted-foreground">
        {token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} suffix="ago" /> : "not yet"}
      </TableCell>
      <TableCell numeric className="text-muted-foreground max-md:hidden">
        <EndsAt at={token.expiresAt} over={state === "expired"} />
      </TableCell>
      <TableActionCell>
        {state === "valid" ? (
          <Button variant="ghost" aria-label={`Revoke ${token.name}`} onClick={() => setAsking(true)}>
            Revoke
          </Button>
        ) : null}
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={`Revoke ${token.name}?`}
          does="Revoke the token"
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate({ id: token.id })}
        >
          <p>
            Whatever uses <code className="mono">{token.prefix}…</code> is refused from its next request on
            {token.lastUsedAt ? (
              <>
                ; it was last used <RelativeTime at={token.lastUsedAt} suffix="ago" />
              </>
            ) : (
              ", and nothing has used it yet"
            )}
            . This can't be undone.
          </p>
        </ConfirmDialog>
      </TableActionCell>
    </TableRow>
  );
}
