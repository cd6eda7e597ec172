"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Passkey } from "@/contracts/people/passkey";
import { trpc } from "../../api/trpc";
import { RelativeTime } from "../../format/time";
import { Button } from "../../primitives/button";
import { TableActionCell, TableCell, TableRow } from "../../primitives/table";
import { toast } from "../../primitives/toast";
import { ConfirmDialog } from "../confirm-dialog";
import { tellFailure } from "../tell";
import { RenamePasskeyDialog } from "./rename-passkey-dialog";

/** One passkey: its name, whether it is in more than one place, when it was used, and its end. */
export function PasskeyRow({ passkey }: { passkey: Passkey }) {
  const [renaming, setRenaming] = useState(false);
  const [asking, setAsking] = useState(false);
  const cache = trpc.useUtils();
  const remove = trpc.passkeys.remove.useMutation({
    onSuccess: async () => {
      setAsking(false);
      toast.done({ title: `${passkey.name} opens nothing any more`, detail: "Your other sessions ended." });
      await Promise.all([cache.passkeys.list.invalidate(), cache.sessions.list.invalidate()]);
    },
    onError: (error) => {
      setAsking(false);
      tellFailure(`${passkey.name} was not removed`)(error);
    },
  });
  return (
    <TableRow>
      <TableCell className="h-11 max-md:h-16">
        <span className="grid min-w-0 leading-[18px]">
          <b className="cut font-strong">{passkey.name}</b>
          <span className="cut text-muted-foreground text-xs">
            {passkey.backedUp ? "kept by its provider, on all your devices" : "on one device only"}
          </span>
        </span>
      </TableCell>
      <TableCell numeric className="text-muted-foreground">
        {passkey.lastUsedAt ? <RelativeTime at={passkey.lastUsedAt} suffix="ago" /> : "not yet"}
      </TableCell>
      <TableActionCell>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Rename ${passkey.name}`}
          title="Rename"
          onClick={() => setRenaming(true)}
        >
          <Pencil aria-hidden="true" />
        </Button>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Remove ${passkey.name}`}
          title="Remove"
          onClick={() => setAsking(true)}
        >
          <Trash2 aria-hidden="true" />
        </Button>
        <RenamePasskeyDialog passkey={passkey} open={renaming} onOpenChange={setRenaming} />
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={`Remove ${passkey.name}?`}
          does="Remove the passkey"
          busy={remove.isPending}
          onConfirm={() => remove.mutate({ id: passkey.id })}
        >
          <p>
            It opens nothing here any more, and your other sessions end at once. The device may go on offering
            it: delete it there too.
          </p>
        </ConfirmDialog>
      </TableActionCell>
    </TableRow>
  );
}
