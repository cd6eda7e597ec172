"use client";

import { RotateCw } from "lucide-react";
import { useState } from "react";
import type { MachineClient } from "@/contracts/people/oauth";
import { trpc } from "../../api/trpc";
import { RelativeTime } from "../../format/time";
import { Badge } from "../../primitives/badge";
import { Button } from "../../primitives/button";
import { TableActionCell, TableCell, TableRow } from "../../primitives/table";
import { toast } from "../../primitives/toast";
import { ConfirmDialog } from "../confirm-dialog";
import { tellFailure } from "../tell";
import { GrantedWords } from "../tokens/granted-words";
import type { ShownClient } from "./client-secret";
import { RotateDialog } from "./rotate-dialog";

type Asking = "rotate" | "revoke" | null;

/** One machine client. `onRotated` gets its new secret, once. */
export function ClientRow({
  client,
  onRotated,
}: {
  client: MachineClient;
  onRotated: (client: ShownClient) => void;
}) {
  const cache = trpc.useUtils();
  const [asking, setAsking] = useState<Asking>(null);
  const close = (open: boolean) => (open ? undefined : setAsking(null));
  const rotate = trpc.oauthClients.rotate.useMutation({
    onSuccess: async (rotated) => {
      onRotated(rotated);
      await cache.oauthClients.list.invalidate();
    },
    onError: tellFailure(`${client.name} got no new secret`),
    onSettled: () => setAsking(null),
  });
  const revoke = trpc.oauthClients.revoke.useMutation({
    onSuccess: async () => {
      toast.done({ title: `${client.name} opens nothing any more` });
      await cache.oauthClients.list.invalidate();
    },
    onError: tellFailure(`${client.name} was not revoked`),
    onSettled: () => setAsking(null),
  });
  const over = client.revokedAt !== null;
  return (
    <TableRow dimmed={over}>
      <TableCell className="h-11 max-md:h-16">
        <span className="grid min-w-0 leading-[18px]">
          <span className="flex min-w-0 items-center gap-1.5">
            <b className="cut font-strong" title={client.name}>
              {client.name}
            </b>
            {over ? <Badge>revoked</Badge> : null}
            {client.previous ? <Badge>two secrets</Badge> : null}
          </span>
          <span className="mono cut text-muted-foreground text-xs" title={client.id}>
            {client.id}
          </span>
        </span>
      </TableCell>
      <TableCell className="max-md:hidden">
        <GrantedWords role={client.role} scopes={client.scopes} />
      </TableCell>
      <TableCell className="max-md:hidden">
        <span className="grid leading-[18px]">
          <span className="mono text-xs">{client.secretPrefix}…</span>
          <span className="cut text-muted-foreground text-xs">
            {client.rotatedAt ? "rotated " : `by ${client.createdBy} `}
            <RelativeTime at={client.rotatedAt ?? client.createdAt} suffix="ago" />
          </span>
        </span>
      </TableCell>
      <TableCell numeric className="text-muted-foreground max-md:hidden">
        {client.lastUsedAt ? <RelativeTime at={client.lastUsedAt} suffix="ago" /> : "not yet"}
      </TableCell>
      <TableActionCell>
        {over ? null : (
          <span className="inline-flex gap-1">
            <Button
              variant="ghost"
              aria-label={`Rotate the secret of ${client.name}`}
              className="max-md:w-11 max-md:px-0"
              onClick={() => setAsking("rotate")}
            >
              <RotateCw aria-hidden="true" />
              <span className="max-md:hidden">Rotate</span>
            </Button>
            <Button variant="ghost" aria-label={`Revoke ${client.name}`} onClick={() => setAsking("revoke")}>
              Revoke
            </Button>
          </span>
        )}
        <RotateDialog
          open={asking === "rotate"}
          onOpenChange={close}
          title={`A new secret for ${client.name}`}
          older={client.previous?.prefix}
          busy={rotate.isPending}
          onRotate={(wish) => rotate.mutate({ id: client.id, ...wish })}
        />
        <ConfirmDialog
          open={asking === "revoke"}
          onOpenChange={close}
          title={`Revoke ${client.name}?`}
          does="Revoke the client"
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate({ id: client.id })}
        >
          <p>
            It gets no token any more, and those that it has open nothing from their next request on. This
            can't be undone. To change its secret only, rotate it.
          </p>
        </ConfirmDialog>
      </TableActionCell>
    </TableRow>
  );
}
