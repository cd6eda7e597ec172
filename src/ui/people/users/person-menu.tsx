"use client";

import {
  AtSign,
  Ellipsis,
  KeyRound,
  LockOpen,
  MonitorSmartphone,
  Pencil,
  ScrollText,
  ShieldOff,
  Trash2,
  UserRoundCheck,
  UserRoundX,
} from "lucide-react";
import Link from "next/link";
import { type ReactNode, useRef } from "react";
import type { Person } from "@/contracts/people/user";
import { Button } from "../../primitives/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../../primitives/dropdown-menu";
import { factorWords, whyKept } from "./person-state";

/** What opens a window about one person. */
export const personActs = ["rename", "username", "password", "sessions", "factors", "off", "delete"] as const;
export type PersonAct = (typeof personActs)[number];

/** Everything that can be done with one person. What can't be done stays in its place and says why. */
export function PersonMenu({
  person,
  isMe,
  locked,
  onAct,
  onChange,
}: {
  person: Person;
  isMe: boolean;
  locked: boolean;
  onAct: (act: PersonAct) => void;
  onChange: (wish: { disabled?: false; unlock?: true }) => void;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const picked = useRef<PersonAct | null>(null);
  const pick = (act: PersonAct) => () => {
    picked.current = act;
  };
  // A window gives the focus back to what had it when it opened: the button, since the item is gone by then.
  const openPicked = (event: Event) => {
    const act = picked.current;
    if (act === null) return;
    picked.current = null;
    event.preventDefault();
    button.current?.focus();
    onAct(act);
  };
  const kept = whyKept(person, isMe);
  const ownPage = isMe ? "Yours is on a page of its own." : undefined;
  const off = person.disabledAt !== null;
  const factors = factorWords(person);
  return (
    // Not modal: a window that it opens must find the page as it is, not hidden behind a menu that is just closing.
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <Button ref={button} variant="ghost" size="icon" aria-label={`More for ${person.name}`}>
          <Ellipsis aria-hidden="true" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-64" onCloseAutoFocus={openPicked}>
        <Act icon={<Pencil />} onSelect={pick("rename")}>
          Rename
        </Act>
        <Act icon={<AtSign />} onSelect={pick("username")}>
          {person.username ? "Change the username" : "Give a username"}
        </Act>
        <Act icon={<MonitorSmartphone />} onSelect={pick("sessions")}>
          Sessions
          <Count of={person.openSessions} />
        </Act>
        <Act icon={<KeyRound />} offBecause={ownPage} onSelect={pick("password")}>
          Set a password
        </Act>
        <Act
          icon={<ShieldOff />}
          offBecause={ownPage ?? (factors === null ? "There is none." : undefined)}
          onSelect={pick("factors")}
        >
          Remove the second factor
        </Act>
        <DropdownMenuItem asChild>
          <Link href={`/audit?actor=${person.id}`}>
            <ScrollText aria-hidden="true" />
            What {isMe ? "you" : "they"} did
          </Link>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        {locked ? (
          <Act icon={<LockOpen />} onSelect={() => onChange({ unlock: true })}>
            Unlock
          </Act>
        ) : null}
        {off ? (
          <Act icon={<UserRoundCheck />} onSelect={() => onChange({ disabled: false })}>
            Switch on
          </Act>
        ) : (
          <Act icon={<UserRoundX />} offBecause={kept} onSelect={pick("off")}>
            Switch off
          </Act>
        )}
        <Act danger icon={<Trash2 />} offBecause={kept} onSelect={pick("delete")}>
          Delete
        </Act>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** An item that stays within reach of the keyboard when it is off, so that its reason can be read. */
function Act({
  icon,
  offBecause,
  danger = false,
  onSelect,
  children,
}: {
  icon: ReactNode;
  offBecause?: string | undefined;
  danger?: boolean;
  onSelect: () => void;
  children: ReactNode;
}) {
  if (offBecause === undefined) {
    return (
      <DropdownMenuItem danger={danger} onSelect={onSelect}>
        {icon}
        {children}
      </DropdownMenuItem>
    );
  }
  return (
    <DropdownMenuItem
      aria-disabled="true"
      className="h-auto cursor-not-allowed py-1.5 max-md:h-auto"
      onSelect={(event) => event.preventDefault()}
    >
      {icon}
      <span className="grid min-w-0 text-muted-foreground">
        <span>{children}</span>
        <span className="text-xs">{offBecause}</span>
      </span>
    </DropdownMenuItem>
  );
}

function Count({ of }: { of: number }) {
  return <span className="num ml-auto text-muted-foreground text-xs">{of === 0 ? "none open" : of}</span>;
}
