"use client";

import { Send, UserRoundX } from "lucide-react";
import { useState } from "react";
import type { Invitation, SentInvitation } from "@/contracts/people/invitation";
import { trpc } from "../../api/trpc";
import { useNow } from "../../format/ticker";
import { RelativeTime } from "../../format/time";
import { Badge } from "../../primitives/badge";
import { Button } from "../../primitives/button";
import { TableActionCell, TableCell, TableRow } from "../../primitives/table";
import { toast } from "../../primitives/toast";
import { ConfirmDialog } from "../confirm-dialog";
import { roleWords } from "../role-words";
import { tellFailure } from "../tell";

/** Somebody who has not come yet. `onSent` gets the new link of an invitation that was sent again. */
export function InvitationRow({
  invitation,
  onSent,
}: {
  invitation: Invitation;
  onSent: (sent: SentInvitation) => void;
}) {
  const { id, email, role, invitedBy, expiresAt } = invitation;
  const cache = trpc.useUtils();
  const [asking, setAsking] = useState(false);
  const over = Date.parse(expiresAt) <= useNow();
  const renew = trpc.invitations.renew.useMutation({
    onSuccess: async (sent) => {
      onSent(sent);
      await cache.invitations.list.invalidate();
    },
    onError: tellFailure(`${email} was not invited again`),
  });
  const revoke = trpc.invitations.revoke.useMutation({
    onSuccess: async () => {
      setAsking(false);
      toast.done({ title: `The link of ${email} opens nothing any more` });
      await cache.invitations.list.invalidate();
    },
    onError: (error) => {
      setAsking(false);
      tellFailure(`The invitation of ${email} was not revoked`)(error);
    },
  });
  return (
    <TableRow dimmed={over}>
      <TableCell className="h-11 max-md:h-16">
        <span className="grid min-w-0 leading-[18px]">
          <span className="flex min-w-0 items-center gap-1.5">
            <b className="cut font-strong">{email}</b>
            {over ? <Badge>expired</Badge> : null}
          </span>
          <span className="cut text-muted-foreground text-xs">by {invitedBy}</span>
        </span>
      </TableCell>
      <TableCell className="max-md:hidden">{roleWords[role].name}</TableCell>
      <TableCell numeric className="text-muted-foreground max-md:hidden">
        {over ? null : "in "}
        <RelativeTime at={expiresAt} {...(over ? { suffix: "ago" } : {})} />
      </TableCell>
      <TableActionCell>
        <span className="inline-flex gap-1">
          <Button
            variant="ghost"
            aria-label={`Send again: the invitation of ${email}`}
            className="max-md:w-11 max-md:px-0"
            busy={renew.isPending}
            onClick={() => renew.mutate({ id })}
          >
            <Send aria-hidden="true" />
            <span className="max-md:hidden">Send again</span>
          </Button>
          <Button
            variant="ghost"
            aria-label={`Revoke the invitation of ${email}`}
            className="max-md:w-11 max-md:px-0"
            onClick={() => setAsking(true)}
          >
            <UserRoundX aria-hidden="true" />
            <span className="max-md:hidden">Revoke</span>
          </Button>
        </span>
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={`Revoke the invitation of ${email}?`}
          does="Revoke the invitation"
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate({ id })}
        >
          <p>The link opens nothing from now on. You can invite the person anew at any time.</p>
        </ConfirmDialog>
      </TableActionCell>
    </TableRow>
  );
}
