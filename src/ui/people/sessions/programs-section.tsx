"use client";

import { LogOut, SquareTerminal } from "lucide-react";
import type { ComponentProps } from "react";
import type { SignedInProgram } from "@/contracts/people/oauth";
import { trpc } from "../../api/trpc";
import { RelativeTime } from "../../format/time";
import { Button } from "../../primitives/button";
import { EmptyState } from "../../primitives/empty-state";
import { Table, TableActionCell, TableBody, TableRow } from "../../primitives/table";
import { toast } from "../../primitives/toast";
import { Awaited } from "../awaited";
import { ListFrame } from "../section";
import { tellFailure } from "../tell";
import { VisitCells, VisitHead } from "./visit-cells";

/** Programs that this person let in by a code, such as `mc login` on some machine. */
export function ProgramsSection({
  programs,
}: {
  programs: ComponentProps<typeof Awaited<{ items: SignedInProgram[] }>>["query"];
}) {
  const cache = trpc.useUtils();
  const revoke = trpc.programs.revoke.useMutation({
    onSuccess: async () => {
      toast.done({ title: "That program is signed out" });
      await cache.programs.list.invalidate();
    },
    onError: tellFailure("The program was not signed out"),
  });
  return (
    <section aria-labelledby="programs" className="mt-8">
      <header className="mb-3 max-md:px-4">
        <h2 id="programs" className="font-semibold text-base">
          Programs that you let in
        </h2>
        <p className="mt-0.5 max-w-prose text-muted-foreground">
          They act in your name, each on the machine where you let it in, until you sign it out or it rests
          for 30 days.
        </p>
      </header>
      <ListFrame label="Programs that you let in">
        <Awaited query={programs} rows={1}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="No programs" icon={<SquareTerminal />}>
                Run <code className="mono">mc login</code> in a terminal, and it appears here.
              </EmptyState>
            ) : (
              <Table>
                <VisitHead what="Program" when="Last used" />
                <TableBody>
                  {items.map(({ id, name, ip, signedInAt, lastUsedAt }) => (
                    <TableRow key={id}>
                      <VisitCells
                        name={name}
                        how={
                          <>
                            let in <RelativeTime at={signedInAt} suffix="ago" />
                          </>
                        }
                        ip={ip}
                        at={lastUsedAt}
                      />
                      <TableActionCell>
                        <Button
                          variant="ghost"
                          aria-label={`Sign ${name} out`}
                          busy={revoke.isPending && revoke.variables.id === id}
                          onClick={() => revoke.mutate({ id })}
                        >
                          <LogOut aria-hidden="true" />
                          Sign out
                        </Button>
                      </TableActionCell>
                    </TableRow>
                  ))}
                </TableBody>
              </Table>
            )
          }
        </Awaited>
      </ListFrame>
    </section>
  );
}
