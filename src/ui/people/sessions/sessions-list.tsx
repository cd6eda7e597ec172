"use client";

import { LogOut } from "lucide-react";
import type { ComponentProps } from "react";
import type { z } from "zod";
import type { sessionSchema } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { RelativeTime } from "../../format/time";
import { Badge } from "../../primitives/badge";
import { Button } from "../../primitives/button";
import { Table, TableActionCell, TableBody, TableRow } from "../../primitives/table";
import { toast } from "../../primitives/toast";
import { Awaited } from "../awaited";
import { ListFrame } from "../section";
import { tellFailure } from "../tell";
import { browserName } from "./browser-name";
import { VisitCells, VisitHead } from "./visit-cells";
import { wayWords } from "./way-words";

type Session = z.infer<typeof sessionSchema>;

/** Browsers that are signed in as this person, the last seen first. */
export function SessionsList({
  sessions,
}: {
  sessions: ComponentProps<typeof Awaited<{ items: Session[] }>>["query"];
}) {
  const cache = trpc.useUtils();
  const revoke = trpc.sessions.revoke.useMutation({
    onSuccess: async () => {
      toast.done({ title: "That session has ended" });
      await cache.sessions.list.invalidate();
    },
    onError: tellFailure("The session was not ended"),
  });
  return (
    <ListFrame label="Your sessions">
      <Awaited query={sessions} rows={2}>
        {({ items }) => (
          <Table>
            <VisitHead what="Browser" when="Last seen" />
            <TableBody>
              {items.map((session) => {
                const name = browserName(session.userAgent);
                return (
                  <TableRow key={session.id}>
                    <VisitCells
                      name={name}
                      badge={session.current ? <Badge>this one</Badge> : null}
                      how={
                        <>
                          {wayWords[session.cameBy]}, <RelativeTime at={session.createdAt} suffix="ago" />
                        </>
                      }
                      ip={session.ip}
                      at={session.lastSeenAt}
                    />
                    <TableActionCell>
                      {session.current ? null : (
                        <Button
                          variant="ghost"
                          aria-label={`End the session of ${name}`}
                          busy={revoke.isPending && revoke.variables.id === session.id}
                          onClick={() => revoke.mutate({ id: session.id })}
                        >
                          <LogOut aria-hidden="true" />
                          End
                        </Button>
                      )}
                    </TableActionCell>
                  </TableRow>
                );
              })}
            </TableBody>
          </Table>
        )}
      </Awaited>
    </ListFrame>
  );
}
