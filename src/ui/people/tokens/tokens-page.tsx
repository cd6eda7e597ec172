"use client";

import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import type { ApiToken } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { useNow } from "../../format/ticker";
import { Button } from "../../primitives/button";
import { EmptyState } from "../../primitives/empty-state";
import { NextPage } from "../../primitives/next-page";
import { Table, TableActionHead, TableBody, TableHead, TableHeader } from "../../primitives/table";
import { Awaited } from "../awaited";
import { useMe } from "../me";
import { SecretDialog } from "../secret-dialog";
import { ListFrame, Section } from "../section";
import { MakeTokenDialog } from "./make-token-dialog";
import { useOver } from "./over-toggle";
import { TokenRow } from "./token-row";
import { tokenState } from "./token-state";

const pageSize = 500;

/** API tokens: made, seen once, revoked. */
export function TokensPage() {
  const tokens = trpc.tokens.list.useInfiniteQuery(
    { limit: pageSize },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const all = tokens.data?.pages.flatMap(({ items }) => items);
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const made = (token: string) => {
    setMaking(false);
    setSecret(token);
  };
  return (
    <Section
      title="API tokens"
      lead="Let scripts and the mc command in without a password. Everything the console does is on /v1."
      action={
        <Button variant="primary" onClick={() => setMaking(true)}>
          <Plus aria-hidden="true" />
          Make a token
        </Button>
      }
    >
      <ListFrame label="API tokens">
        <Awaited query={{ data: all, error: tokens.error, refetch: tokens.refetch }} rows={2}>
          {(items) => <Tokens items={items} more={tokens.hasNextPage} />}
        </Awaited>
      </ListFrame>
      <NextPage query={tokens} words="Older tokens" className="mt-3 max-md:mx-4" />
      <p className="mt-4 max-w-prose text-muted-foreground text-xs max-md:px-4">
        Every token begins with <code className="mono">mct_</code>, a machine client's secret with{" "}
        <code className="mono">mcs_</code>, an agent's key with <code className="mono">mca_</code>, a join
        token with <code className="mono">mcj_</code>. Tell your secret scanner:{" "}
        <code className="mono whitespace-nowrap">mc[tsaj]_[A-Za-z0-9_-]{"{43}"}</code>
      </p>
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

function emptyWords(hidden: number, more: boolean): string {
  if (more) return `None of the newest ${hidden} tokens opens anything now`;
  return hidden > 0 ? "No token opens anything now" : "No tokens yet";
}

function Tokens({ items, more }: { items: readonly ApiToken[]; more: boolean }) {
  const me = useMe();
  const nowMs = useNow();
  const { shown, toggle, hidden } = useOver(items, (token) => tokenState(token, nowMs) !== "valid");
  return (
    <>
      {shown.length === 0 ? (
        <EmptyState title={emptyWords(hidden, more)} icon={<KeyRound />}>
          Make one, then: <code className="mono">MC_API_TOKEN=mct_… npx mc agents list</code>
        </EmptyState>
      ) : (
        <Table>
          <colgroup>
            <col />
            <col className="w-44 max-md:hidden" />
            <col className="w-28 max-md:w-24" />
            <col className="w-28 max-md:hidden" />
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
            {shown.map((token) => (
              <TokenRow key={token.id} token={token} mine={token.madeBy === me?.name} />
            ))}
          </TableBody>
        </Table>
      )}

      {toggle}
    </>
  );
}
