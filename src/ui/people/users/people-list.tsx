"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Search, UserRoundSearch } from "lucide-react";
import { useDeferredValue, useEffect, useState } from "react";
import { maxPageSize } from "@/contracts/kernel/page";
import type { Person } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { EmptyState } from "../../primitives/empty-state";
import { Input } from "../../primitives/input";
import { NextPage } from "../../primitives/next-page";
import { Segmented } from "../../primitives/segmented";
import { Table, TableActionHead, TableBody, TableHead, TableHeader } from "../../primitives/table";
import { Awaited } from "../awaited";
import { useMe } from "../me";
import { ListFrame } from "../section";
import { PersonDialogs } from "./person-dialogs";
import type { PersonAct } from "./person-menu";
import { isInView, type PersonView } from "./person-state";
import { UserRow } from "./user-row";

const views: { value: PersonView; label: string }[] = [
  { value: "all", label: "Everybody" },
  { value: "admins", label: "Admins" },
  { value: "bare", label: "No second factor" },
  { value: "off", label: "Switched off" },
];

/** The people, found by name or address, with one window at a time about one of them. */
export function PeopleList() {
  const [typed, setTyped] = useState("");
  const [view, setView] = useState<PersonView>("all");
  const q = useDeferredValue(typed.trim());
  const people = trpc.users.list.useInfiniteQuery(
    { limit: maxPageSize, ...(q ? { q } : {}) },
    {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
      // Asking again reads every loaded page.
      refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) <= 1,
    },
  );
  const all = people.data?.pages.flatMap(({ items }) => items);
  const shown = all?.filter((person) => isInView(person, view));
  // The server knows no views: whoever looks for those without a second factor must see all of them.
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = people;
  useEffect(() => {
    if (view !== "all" && hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [view, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);
  return (
    <>
      <search className="mb-3 flex flex-wrap items-center gap-2 max-md:px-4">
        <Input
          type="search"
          aria-label="Find a person"
          placeholder="Name, username or e-mail"
          autoComplete="off"
          maxLength={100}
          className="w-64 max-md:w-full"
          lead={<Search aria-hidden="true" />}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <div className="ml-auto max-w-full overflow-x-auto [scrollbar-width:none] max-md:ml-0">
          <Segmented label="Which people" value={view} onValueChange={setView} options={views} />
        </div>
        <span role="status" className="sr-only">
          {shown ? `${shown.length} people shown` : ""}
        </span>
      </search>
      <ListFrame label="People">
        <Awaited query={{ data: shown, error: people.error, refetch: people.refetch }} rows={8}>
          {(items) =>
            items.length === 0 ? <Nobody q={q} unread={hasNextPage} /> : <PeopleTable items={items} />
          }
        </Awaited>
      </ListFrame>
      <NextPage query={people} words="More people" className="mt-3 max-md:mx-4" />
    </>
  );
}

/** `unread`: there are people that were not looked at yet, so nothing is said of all. */
function Nobody({ q, unread }: { q: string; unread: boolean }) {
  if (unread) {
    return (
      <EmptyState title="Nobody so far" icon={<UserRoundSearch />}>
        Nobody of this kind is among those that were read yet; there are more people.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nobody fits" icon={<UserRoundSearch />}>
      {q
        ? `Nobody here has “${q}” in the name, username or e-mail address.`
        : "There is nobody of this kind."}
    </EmptyState>
  );
}

function PeopleTable({ items }: { items: readonly Person[] }) {
  const me = useMe();
  const [asked, setAsked] = useState<{ person: Person; act: PersonAct }>();
  // The person stays while the window closes: its words must not change on the way out.
  const [open, setOpen] = useState(false);
  const ask = (person: Person, act: PersonAct) => {
    setAsked({ person, act });
    setOpen(true);
  };
  return (
    <>
      <Table>
        <colgroup>
          <col />
          <col className="w-32 max-md:w-[124px]" />
          <col className="w-36 max-md:hidden" />
          <col className="w-28 max-md:hidden" />
          <col className="w-36 max-md:w-14" />
        </colgroup>
        <TableHeader>
          <tr>
            <TableHead>Person</TableHead>
            <TableHead>Role</TableHead>
            <TableHead className="max-md:hidden">Second factor</TableHead>
            <TableHead numeric className="max-md:hidden">
              Signed in
            </TableHead>
            <TableActionHead />
          </tr>
        </TableHeader>
        <TableBody>
          {items.map((person) => (
            <UserRow key={person.id} person={person} isMe={person.id === me?.id} onAct={ask} />
          ))}
        </TableBody>
      </Table>
      {asked ? (
        <PersonDialogs
          key={asked.person.id}
          person={items.find(({ id }) => id === asked.person.id) ?? asked.person}
          isMe={asked.person.id === me?.id}
          act={open ? asked.act : null}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
