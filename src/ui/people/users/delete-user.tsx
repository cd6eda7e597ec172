"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import type { User } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { toast } from "../../primitives/toast";
import { ConfirmDialog } from "../confirm-dialog";
import { tellFailure } from "../tell";

/** Deletes a person for good, after asking. Switching off is the gentler way, and stands beside it. */
export function DeleteUser({ user, isMe }: { user: User; isMe: boolean }) {
  const cache = trpc.useUtils();
  const [asking, setAsking] = useState(false);
  const remove = trpc.users.remove.useMutation({
    onSuccess: async () => {
      setAsking(false);
      toast.done({ title: `${user.name} is deleted` });
      await cache.users.list.invalidate();
    },
    onError: (error) => {
      setAsking(false);
      tellFailure(`${user.name} was not deleted`)(error);
    },
  });
  return (
    <>
      <ButtonWithReason
        variant="ghost"
        size="icon"
        aria-label={`Delete ${user.name}`}
        title="Delete"
        {...(isMe ? { offBecause: "You can't delete yourself: another admin can." } : {})}
        onClick={() => setAsking(true)}
      >
        <Trash2 aria-hidden="true" />
      </ButtonWithReason>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${user.name}?`}
        does={`Delete ${user.name}`}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id: user.id })}
      >
        <p>
          The account of {user.email}, its sessions, second factors and API tokens are gone at once and can't
          be brought back. The audit log goes on naming {user.name}. To keep the account, switch it off
          instead.
        </p>
      </ConfirmDialog>
    </>
  );
}
