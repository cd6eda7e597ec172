"use client";

import { LockOpen, UserRoundCheck, UserRoundX } from "lucide-react";
import { useState } from "react";
import type { Role } from "@/contracts/people/role";
import type { User } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { useNow } from "../../format/ticker";
import { RelativeTime } from "../../format/time";
import { Avatar } from "../../primitives/avatar";
import { Badge } from "../../primitives/badge";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { TableActionCell, TableCell, TableRow } from "../../primitives/table";
import { toast } from "../../primitives/toast";
import { ConfirmDialog } from "../confirm-dialog";
import { roleWords } from "../role-words";
import { tellFailure } from "../tell";
import { DeleteUser } from "./delete-user";
import { RoleSelect } from "./role-select";

/** One person: who, role (changed in place), when last here, and the switch of the account. */
export function UserRow({ user, isMe }: { user: User; isMe: boolean }) {
  const cache = trpc.useUtils();
  const [asking, setAsking] = useState(false);
  const change = trpc.users.change.useMutation({
    onSuccess: async (changed, wish) => {
      setAsking(false);
      const title =
        wish.role !== undefined
          ? `${changed.name} is ${roleWords[changed.role].name.toLowerCase()} now`
          : wish.unlock
            ? `${changed.name} is not locked out any more`
            : changed.disabledAt
              ? `${changed.name} can't sign in any more`
              : `${changed.name} can sign in again`;
      toast.done({ title });
      await cache.users.list.invalidate();
    },
    onError: (error) => {
      setAsking(false);
      tellFailure(`${user.name} was not changed`)(error);
    },
  });
  const setRole = (role: Role) => {
    if (role !== user.role) change.mutate({ id: user.id, role });
  };
  const off = user.disabledAt !== null;
  const nowMs = useNow();
  const locked = !off && user.lockedUntil !== null && Date.parse(user.lockedUntil) > nowMs && nowMs > 0;
  return (
    <TableRow dimmed={off}>
      <TableCell className="h-11 max-md:h-16">
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar name={user.name} decorative />
          <span className="grid min-w-0 leading-[18px]">
            <span className="flex min-w-0 items-center gap-1.5">
              <b className="cut font-strong">{user.name}</b>
              {isMe ? <Badge>you</Badge> : null}
              {off ? <Badge>off</Badge> : null}
              {locked ? <Badge>locked</Badge> : null}
            </span>
            <span className="cut text-muted-foreground text-xs">{user.email}</span>
          </span>
        </span>
      </TableCell>
      <TableCell>
        {isMe ? (
          <span title="Another admin changes your role.">{roleWords[user.role].name}</span>
        ) : (
          <RoleSelect
            label={`Role of ${user.name}`}
            value={user.role}
            onChange={setRole}
            disabled={change.isPending}
          />
        )}
      </TableCell>
      <TableCell numeric className="text-muted-foreground max-md:hidden">
        {user.lastLoginAt ? <RelativeTime at={user.lastLoginAt} suffix="ago" /> : "not yet"}
      </TableCell>
      <TableActionCell>
        {locked ? (
          <ButtonWithReason
            aria-label={`Unlock ${user.name}`}
            className="max-md:w-11 max-md:px-0"
            busy={change.isPending}
            onClick={() => change.mutate({ id: user.id, unlock: true })}
          >
            <LockOpen aria-hidden="true" />
            <span className="max-md:hidden">Unlock</span>
          </ButtonWithReason>
        ) : null}
        {locked ? null : off ? (
          <ButtonWithReason
            aria-label={`Switch on ${user.name}`}
            className="max-md:w-11 max-md:px-0"
            busy={change.isPending}
            onClick={() => change.mutate({ id: user.id, disabled: false })}
          >
            <UserRoundCheck aria-hidden="true" />
            <span className="max-md:hidden">Switch on</span>
          </ButtonWithReason>
        ) : (
          <ButtonWithReason
            variant="ghost"
            aria-label={`Switch off ${user.name}`}
            className="max-md:w-11 max-md:px-0"
            {...(isMe ? { offBecause: "You can't switch yourself off: another admin can." } : {})}
            onClick={() => setAsking(true)}
          >
            <UserRoundX aria-hidden="true" />
            <span className="max-md:hidden">Switch off</span>
          </ButtonWithReason>
        )}
        <DeleteUser user={user} isMe={isMe} />
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={`Switch off ${user.name}?`}
          does={`Switch off ${user.name}`}
          busy={change.isPending}
          onConfirm={() => change.mutate({ id: user.id, disabled: true })}
        >
          <p>
            Every session of {user.name} ends at once and nobody can sign in as {user.email}. What they did
            stays in the audit log. You can switch the account on again.
          </p>
        </ConfirmDialog>
      </TableActionCell>
    </TableRow>
  );
}
