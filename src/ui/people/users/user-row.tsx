"use client";

import { LockOpen } from "lucide-react";
import type { Person } from "@/contracts/people/user";
import { useNow } from "../../format/ticker";
import { RelativeTime } from "../../format/time";
import { Avatar } from "../../primitives/avatar";
import { Badge } from "../../primitives/badge";
import { Button } from "../../primitives/button";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { TableActionCell, TableCell, TableRow } from "../../primitives/table";
import { roleWords } from "../role-words";
import { type PersonAct, PersonMenu } from "./person-menu";
import { factorWords, isLocked, whyKept } from "./person-state";
import { RoleSelect } from "./role-select";
import { useChangeUser } from "./use-change-user";

/** One person: who, role (changed in place), what protects the account, when last here, and what can be done. */
export function UserRow({
  person,
  isMe,
  onAct,
}: {
  person: Person;
  isMe: boolean;
  onAct: (person: Person, act: PersonAct) => void;
}) {
  const { busy, send } = useChangeUser(person);
  const locked = isLocked(person, useNow());
  const off = person.disabledAt !== null;
  const kept = whyKept(person, isMe);
  const factors = factorWords(person);
  return (
    <TableRow dimmed={off}>
      <TableCell className="h-11 max-md:h-16">
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar name={person.name} decorative />
          <span className="grid min-w-0 leading-[18px]">
            <span className="flex min-w-0 items-center gap-1.5">
              <b className="cut font-strong" title={person.name}>
                {person.name}
              </b>
              {isMe ? <Badge>you</Badge> : null}
              {off ? <Badge>off</Badge> : null}
              {locked ? (
                <Badge variant="tinted" tone="waiting" className="h-[18px]">
                  locked
                </Badge>
              ) : null}
            </span>
            <span
              className="cut text-muted-foreground text-xs"
              title={person.username ? `${person.username} · ${person.email}` : person.email}
            >
              {person.username ? `${person.username} · ` : ""}
              {person.email}
            </span>
          </span>
        </span>
      </TableCell>
      <TableCell>
        {kept ? (
          <ButtonWithReason
            variant="ghost"
            offBecause={kept}
            aria-label={`Role of ${person.name}: ${roleWords[person.role].name}`}
            className="-ml-px justify-start px-2.5"
          >
            {roleWords[person.role].name}
          </ButtonWithReason>
        ) : (
          <RoleSelect
            label={`Role of ${person.name}`}
            value={person.role}
            onChange={(role) => (role === person.role ? undefined : send({ role }))}
            disabled={busy}
          />
        )}
      </TableCell>
      <TableCell className="max-md:hidden">
        {factors ?? <span className="text-muted-foreground">none</span>}
      </TableCell>
      <TableCell numeric className="text-muted-foreground max-md:hidden">
        {person.lastLoginAt ? <RelativeTime at={person.lastLoginAt} suffix="ago" /> : "not yet"}
      </TableCell>
      <TableActionCell>
        <span className="inline-flex items-center gap-1">
          {locked ? (
            <Button
              aria-label={`Unlock ${person.name}`}
              className="max-md:hidden"
              busy={busy}
              onClick={() => send({ unlock: true })}
            >
              <LockOpen aria-hidden="true" />
              Unlock
            </Button>
          ) : null}
          <PersonMenu
            person={person}
            isMe={isMe}
            locked={locked}
            onAct={(act) => onAct(person, act)}
            onChange={send}
          />
        </span>
      </TableActionCell>
    </TableRow>
  );
}
