"use client";

import { Plus, Ticket } from "lucide-react";
import { useEffect, useState } from "react";
import type { JoinToken } from "@/contracts/fleet/agent";
import { trpc } from "../../api/trpc";
import { useNow } from "../../format/ticker";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { EmptyState } from "../../primitives/empty-state";
import { NextPage } from "../../primitives/next-page";
import { Table, TableActionHead, TableBody, TableHead, TableHeader } from "../../primitives/table";
import { Awaited } from "../awaited";
import { CopyLine } from "../copy-line";
import { useWhyNot } from "../me";
import { SecretDialog } from "../secret-dialog";
import { ListFrame, Section } from "../section";
import { useOver } from "../tokens/over-toggle";
import { tokenState } from "../tokens/token-state";
import { JoinTokenRow } from "./join-token-row";
import { MakeJoinTokenDialog } from "./make-join-token-dialog";

const pageSize = 500;

/** How new hosts come in. */
export function JoinTokensPage() {
  const because = useWhyNot("agents:manage");
  const tokens = trpc.joinTokens.list.useInfiniteQuery(
    { limit: pageSize },
    { getNextPageParam: (page) => page.nextCursor, enabled: because === undefined },
  );
  const all = tokens.data?.pages.flatMap(({ items }) => items);
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Section
      title="Join tokens"
      lead="A token lets new hosts enrol their own agents; each agent then gets a key of its own."
      action={
        <ButtonWithReason
          variant="primary"
          onClick={() => setMaking(true)}
          {...(because ? { offBecause: because } : {})}
        >
          <Plus aria-hidden="true" />
          Make a token
        </ButtonWithReason>
      }
    >
      {because ? (
        <ListFrame label="Join tokens">
          <EmptyState title="Not for your role" icon={<Ticket />}>
            {because}
          </EmptyState>
        </ListFrame>
      ) : (
        <>
          <ListFrame label="Join tokens">
            <Awaited query={{ data: all, error: tokens.error, refetch: tokens.refetch }} rows={2}>
              {(items) => <JoinTokens items={items} more={tokens.hasNextPage} />}
            </Awaited>
          </ListFrame>
          <NextPage query={tokens} words="Older tokens" className="mt-3 max-md:mx-4" />
        </>
      )}
      <MakeJoinTokenDialog
        open={making}
        onOpenChange={setMaking}
        onMade={(token) => {
          setMaking(false);
          setSecret(token);
        }}
      />
      <SecretDialog title="Your new join token" secret={secret} onClose={() => setSecret(null)}>
        <JoinLine token={secret ?? ""} />
      </SecretDialog>
    </Section>
  );
}

function emptyWords(hidden: number, more: boolean): string {
  if (more) return `None of the newest ${hidden} join tokens is good now`;
  return hidden > 0 ? "No join token is good now" : "No join token yet";
}

function JoinTokens({ items, more }: { items: readonly JoinToken[]; more: boolean }) {
  const nowMs = useNow();
  const { shown, toggle, hidden } = useOver(items, (token) => tokenState(token, nowMs) !== "valid");
  return (
    <>
      {shown.length === 0 ? (
        <EmptyState title={emptyWords(hidden, more)} icon={<Ticket />}>
          Make one, and paste the line that comes with it on any machine.
        </EmptyState>
      ) : (
        <Table>
          <colgroup>
            <col />
            <col className="w-40 max-md:hidden" />
            <col className="w-28" />
            <col className="w-28 max-md:hidden" />
            <col className="w-28 max-md:w-24" />
          </colgroup>
          <TableHeader>
            <tr>
              <TableHead>Token</TableHead>
              <TableHead className="max-md:hidden">Into</TableHead>
              <TableHead>Lets in</TableHead>
              <TableHead numeric className="max-md:hidden">
                Ends
              </TableHead>
              <TableActionHead />
            </tr>
          </TableHeader>
          <TableBody>
            {shown.map((token) => (
              <JoinTokenRow key={token.id} token={token} />
            ))}
          </TableBody>
        </Table>
      )}

      {toggle}
    </>
  );
}

function JoinLine({ token }: { token: string }) {
  const [origin, setOrigin] = useState("");
  useEffect(() => setOrigin(window.location.origin), []);
  const line = `npx mc run --url ${origin} --join ${token} -- python my_agent.py`;
  return (
    <div>
      <p className="mb-1.5 text-muted-foreground text-sm">
        Paste this on any machine, with your own command at the end:
      </p>
      <CopyLine text={line} label="" name="Copy the line" />
    </div>
  );
}
