"use client";

import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { EmptyState } from "../../primitives/empty-state";
import { Table, TableActionHead, TableBody, TableHead, TableHeader } from "../../primitives/table";
import { Awaited } from "../awaited";
import { SecretDialog } from "../secret-dialog";
import { ListFrame, Section } from "../section";
import { MakeTokenDialog } from "./make-token-dialog";
import { TokenRow } from "./token-row";

/** API tokens: made, seen once, revoked. */
export function TokensPage() {
  const tokens = trpc.tokens.list.useQuery({ limit: 200 });
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const made = (token: string) => {
    setMaking(false);
    setSecret(token);
  };
  const make = (
    <Button variant="primary" onClick={() => setMaking(true)}>
      <Plus aria-hidden="true" />
      Make a token
    </Button>
  );
  return (
    <Section
      title="API tokens"
      lead="Let scripts and the mc command in without a password. Everything the console does is on /v1."
      action={make}
    >
      <ListFrame label="API tokens">
        <Awaited query={tokens} rows={2}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="No tokens yet" icon={<KeyRound />}>
                Make one, then: <code className="mono">MC_API_TOKEN=mct_… npx mc agents list</code>
              </EmptyState>
            ) : (
              <Table>
                <colgroup>
                  <col />
                  <col className="w-24 max-md:hidden" />
                  <col className="w-28 max-md:w-24" />
                  <col className="w-32 max-md:hidden" />
                  <col className="w-28 max-md:w-24" />
                </colgroup>
                <TableHeader>
                  <tr>
                    <TableHead>Token</TableHead>
                    <TableHead className="max-md:hidden">May do</TableHead>
                    <TableHead numeric>Last used</TableHead>
                    <TableHead numeric className="max-md:hidden">
                      Ends
                    </TableHead>
                    <TableActionHead />
                  </tr>
                </TableHeader>
                <TableBody>
                  {items.map((token) => (
                    <TokenRow key={token.id} token={token} />
                  ))}
                </TableBody>
              </Table>
            )
          }
        </Awaited>
      </ListFrame>
      <MakeTokenDialog open={making} onOpenChange={setMaking} onMade={made} />
      <SecretDialog title="Your new API token" secret={secret} onClose={() => setSecret(null)}>
        <p className="text-muted-foreground text-sm">
          Send it as <code className="mono">Authorization: Bearer mct_…</code>, or set{" "}
          <code className="mono">MC_API_TOKEN</code> for <code className="mono">mc</code>.
        </p>
      </SecretDialog>
    </Section>
  );
}
