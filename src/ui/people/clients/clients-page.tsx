"use client";

import { Plus, Workflow } from "lucide-react";
import { useState } from "react";
import type { MachineClient } from "@/contracts/people/oauth";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { EmptyState } from "../../primitives/empty-state";
import { Table, TableActionHead, TableBody, TableHead, TableHeader } from "../../primitives/table";
import { Awaited } from "../awaited";
import { OnlyFor } from "../only-for";
import { ListFrame, Section } from "../section";
import { useOver } from "../tokens/over-toggle";
import { ClientRow } from "./client-row";
import { ClientSecretDialog, type ShownClient } from "./client-secret";
import { MakeClientDialog } from "./make-client-dialog";

/** Machines that come by OAuth2 client credentials. */
export function ClientsPage() {
  return (
    <OnlyFor permission="users:manage" what="machine clients">
      <Clients />
    </OnlyFor>
  );
}

function Clients() {
  const clients = trpc.oauthClients.list.useQuery({ limit: 500 });
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
        <Awaited query={clients} rows={2}>
          {({ items }) => <ClientList items={items} onRotated={setShown} />}
        </Awaited>
      </ListFrame>
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

function ClientList({
  items,
  onRotated,
}: {
  items: readonly MachineClient[];
  onRotated: (client: ShownClient) => void;
}) {
  const { shown, toggle, hidden } = useOver(items, ({ revokedAt }) => revokedAt !== null);
  return (
    <>
      {shown.length === 0 ? (
        <EmptyState
          title={hidden > 0 ? "Every machine client is revoked" : "No machine client yet"}
          icon={<Workflow />}
        >
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
