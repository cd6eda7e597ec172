"use client";

import type { Person } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { countOf } from "../../format/quantity";
import { toast } from "../../primitives/toast";
import { ConfirmDialog } from "../confirm-dialog";
import { tellFailure } from "../tell";
import type { PersonAct } from "./person-menu";
import { PersonSessionsDialog } from "./person-sessions";
import { factorWords } from "./person-state";
import { RenameDialog } from "./rename-dialog";
import { SetPasswordDialog } from "./set-password-dialog";
import { useChangeUser } from "./use-change-user";
import { UsernameDialog } from "./username-dialog";

/** The windows about one person; `act` null: none is open. The person stays given while a window closes. */
export function PersonDialogs({
  person,
  isMe,
  act,
  onClose,
}: {
  person: Person;
  isMe: boolean;
  act: PersonAct | null;
  onClose: () => void;
}) {
  const close = (open: boolean) => (open ? undefined : onClose());
  return (
    <>
      <RenameDialog person={person} open={act === "rename"} onOpenChange={close} />
      <UsernameDialog person={person} open={act === "username"} onOpenChange={close} />
      <SetPasswordDialog person={person} open={act === "password"} onOpenChange={close} />
      <PersonSessionsDialog person={person} isMe={isMe} open={act === "sessions"} onOpenChange={close} />
      <RemoveFactors person={person} open={act === "factors"} onOpenChange={close} />
      <SwitchOff person={person} open={act === "off"} onOpenChange={close} />
      <Delete person={person} open={act === "delete"} onOpenChange={close} />
    </>
  );
}

interface Asked {
  person: Person;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** "Two sessions end" as part of a sentence; nothing when none is open. */
const endingOf = ({ openSessions }: Person) =>
  openSessions === 0 ? "No session is open." : `${countOf(openSessions, "session")} will end at once.`;

function SwitchOff({ person, open, onOpenChange }: Asked) {
  const { busy, send } = useChangeUser(person, () => onOpenChange(false));
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Switch off ${person.name}?`}
      does={`Switch off ${person.name}`}
      busy={busy}
      onConfirm={() => send({ disabled: true })}
    >
      <p>
        {endingOf(person)} Nobody can sign in as {person.email}, and their API tokens and programs open
        nothing. What they did stays in the audit log. You can switch the account on again.
      </p>
    </ConfirmDialog>
  );
}

function RemoveFactors({ person, open, onOpenChange }: Asked) {
  const cache = trpc.useUtils();
  const remove = trpc.users.removeSecondFactor.useMutation({
    onSuccess: async () => {
      toast.done({ title: `${person.name} signs in with the password alone now` });
      await cache.users.list.invalidate();
    },
    onError: tellFailure(`The second factor of ${person.name} was not removed`),
    onSettled: () => onOpenChange(false),
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Remove the second factor of ${person.name}?`}
      does="Remove the second factor"
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ id: person.id })}
    >
      <p>
        For somebody who lost the phone: make sure that it is really {person.name} who asks.{" "}
        {factorWords(person) ?? "The second factor"} will be gone, and the password alone signs in until they
        set up another one. {endingOf(person)}
      </p>
    </ConfirmDialog>
  );
}

/** For good. Switching off is the gentler way, and stands beside it in the menu. */
function Delete({ person, open, onOpenChange }: Asked) {
  const cache = trpc.useUtils();
  const remove = trpc.users.remove.useMutation({
    onSuccess: async () => {
      toast.done({ title: `${person.name} is deleted` });
      await cache.users.list.invalidate();
    },
    onError: tellFailure(`${person.name} was not deleted`),
    onSettled: () => onOpenChange(false),
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete ${person.name}?`}
      does={`Delete ${person.name}`}
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ id: person.id })}
    >
      <p>
        The account of {person.email}, its sessions, second factors and API tokens are gone at once and can't
        be brought back. The audit log goes on naming {person.name}. To keep the account, switch it off
        instead.
      </p>
    </ConfirmDialog>
  );
}
