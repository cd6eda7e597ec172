"use client";

import { Plus, Workflow } from "lucide-react";
import { useState } from "react";
import type { MachineClient } from "@/contracts/people/oauth";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { EmptyState } from "../../primitives/empty-state";
import { NextPage } from "../../primitives/next-page";
import { Table, TableActionHead, TableBody, TableHead, TableHeader } from "../../primitives/table";
import { Awaited } from "../awaited";
import { OnlyFor } from "../only-for";
import { ListFrame, Section } from "../section";
import { useOver } from "../tokens/over-toggle";
import { ClientRow } from "./client-row";
import { ClientSecretDialog, type ShownClient } from "./client-secret";
import { MakeClientDialog } from "./make-client-dialog";

const pageSize = 500;

/** Machines that come by OAuth2 client credentials. */
export function ClientsPage() {
  return (
    <OnlyFor permission="users:manage" what="machine clients">
      <Clients />
    </OnlyFor>
  );
}

function Clients() {
  const clients = trpc.oauthClients.list.useInfiniteQuery(
    { limit: pageSize },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const all = clients.data?.pages.flatMap(({ items }) => items);
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<ShownClient | null>(null);
  return (
    <Section
      title="Machine clients"
      lead="Programs that come by OAuth2 client credentials: they belong to no person and hold tokens of ten minutes."
      action={
        <Button variant="primary" onClick={() => setMaking(true)}>
          <Plus aria-hidden="true" />
          Make a client
        </Button>
      }
    >
      <ListFrame label="Machine clients">
        <Awaited query={{ data: all, error: clients.error, refetch: clients.refetch }} rows={2}>
          {(items) => <ClientList items={items} more={clients.hasNextPage} onRotated={setShown} />}
        </Awaited>
      </ListFrame>
      <NextPage query={clients} words="Older clients" className="mt-3 max-md:mx-4" />
      <MakeClientDialog
        open={making}
        onOpenChange={setMaking}
        onMade={(client) => {
          setMaking(false);
          setShown(client);
        }}
      />
      <ClientSecretDialog client={shown} onClose={() => setShown(null)} />
    </Section>
  );
}

function emptyWords(hidden: number, more: boolean): string {
  if (more) return `The newest ${hidden} machine clients are revoked`;
  return hidden > 0 ? "Every machine client is revoked" : "No machine client yet";
}

function ClientList({
  items,
  more,
  onRotated,
}: {
  items: readonly MachineClient[];
  more: boolean;
  onRotated: (client: ShownClient) => void;
}) {
  const { shown, toggle, hidden } = useOver(items, ({ revokedAt }) => revokedAt !== null);
  return (
    <>
      {shown.length === 0 ? (
        <EmptyState title={emptyWords(hidden, more)} icon={<Workflow />}>
          For a pipeline or another server. For a script of your own, an API token is simpler.
        </EmptyState>
      ) : (
        <Table>
          <colgroup>
            <col />
            <col className="w-40 max-md:hidden" />
            <col className="w-44 max-md:hidden" />
            <col className="w-24 max-md:hidden" />
            <col className="w-44 max-md:w-36" />
          </colgroup>
          <TableHeader>
            <tr>
              <TableHead>Client</TableHead>
              <TableHead className="max-md:hidden">May do</TableHead>
              <TableHead className="max-md:hidden">Secret</TableHead>
              <TableHead numeric className="max-md:hidden">
                Last used
              </TableHead>
              <TableActionHead />
            </tr>
          </TableHeader>
          <TableBody>
            {shown.map((client) => (
              <ClientRow key={client.id} client={client} onRotated={onRotated} />
            ))}
          </TableBody>
        </Table>
      )}

      {toggle}
    </>
  );
}
