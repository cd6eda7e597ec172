"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { UserRoundPlus, UserRoundSearch } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { EmptyState } from "../../primitives/empty-state";
import { Input } from "../../primitives/input";
import { Table, TableActionHead, TableBody, TableHead, TableHeader } from "../../primitives/table";
import { Awaited } from "../awaited";
import { Invitations } from "../invitations/invitations";
import { useMe } from "../me";
import { OnlyFor } from "../only-for";
import { ListFrame, Section } from "../section";
import { AddUserDialog } from "./add-user-dialog";
import { UserRow } from "./user-row";

export function UsersPage() {
  return (
    <OnlyFor permission="users:manage" what="the people">
      <Users />
    </OnlyFor>
  );
}

function Users() {
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const users = trpc.users.list.useQuery(
    { limit: 500, ...(q ? { q } : {}) },
    { placeholderData: keepPreviousData },
  );
  return (
    <Section
      title="People"
      lead="Who may come in, and what each may do. Every change is in the audit log with your name."
      action={
        <Button variant="primary" onClick={() => setAdding(true)}>
          <UserRoundPlus aria-hidden="true" />
          Add a person
        </Button>
      }
    >
      <Input
        type="search"
        aria-label="Find a person"
        placeholder="Find by name or e-mail"
        autoComplete="off"
        maxLength={100}
        className="mb-3 max-w-xs max-md:mx-4"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <ListFrame label="People">
        <Awaited query={users}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="Nobody fits" icon={<UserRoundSearch />}>
                No name and no e-mail address has “{q}” in it.
              </EmptyState>
            ) : (
              <Table>
                <colgroup>
                  <col />
                  <col className="w-36 max-md:w-[132px]" />
                  <col className="w-28 max-md:hidden" />
                  <col className="w-44 max-md:w-[116px]" />
                </colgroup>
                <TableHeader>
                  <tr>
                    <TableHead>Person</TableHead>
                    <TableHead>Role</TableHead>
                    <TableHead numeric className="max-md:hidden">
                      Signed in
                    </TableHead>
                    <TableActionHead />
                  </tr>
                </TableHeader>
                <TableBody>
                  {items.map((user) => (
                    <UserRow key={user.id} user={user} isMe={user.id === me?.id} />
                  ))}
                </TableBody>
              </Table>
            )
          }
        </Awaited>
      </ListFrame>
      <Invitations />
      <AddUserDialog open={adding} onOpenChange={setAdding} />
    </Section>
  );
}
