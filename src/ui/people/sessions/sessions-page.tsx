"use client";

import { LogOut } from "lucide-react";
import { useState } from "react";
import { trpc } from "../../api/trpc";
import { RelativeTime } from "../../format/time";
import { Badge } from "../../primitives/badge";
import { Button } from "../../primitives/button";
import {
  Table,
  TableActionCell,
  TableActionHead,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../primitives/table";
import { toast } from "../../primitives/toast";
import { Awaited } from "../awaited";
import { ConfirmDialog } from "../confirm-dialog";
import { ListFrame, Section } from "../section";
import { tellFailure } from "../tell";
import { browserName } from "./browser-name";
import { ChangePassword } from "./change-password";
import { wayWords } from "./way-words";

/** Where the person is signed in. Ending one closes its live connection at once, not at its next click. */
export function SessionsPage() {
  const sessions = trpc.sessions.list.useQuery({});
  const cache = trpc.useUtils();
  const revoke = trpc.sessions.revoke.useMutation({
    onSuccess: async () => {
      toast.done({ title: "That session has ended" });
      await cache.sessions.list.invalidate();
    },
    onError: tellFailure("The session was not ended"),
  });
  const [asking, setAsking] = useState(false);
  const endOthers = trpc.sessions.endOthers.useMutation({
    onSuccess: async ({ ended }) => {
      toast.done({
        title: ended === 1 ? "One other session has ended" : `${ended} other sessions have ended`,
      });
      await cache.sessions.list.invalidate();
    },
    onError: tellFailure("The other sessions were not ended"),
    onSettled: () => setAsking(false),
  });
  const others = sessions.data?.items.filter((session) => !session.current).length ?? 0;
  return (
    <Section
      title="Your sessions and password"
      lead="Every browser and program that is signed in as you. End what you don't recognise, then change your password below."
      action={
        others > 0 ? (
          <Button onClick={() => setAsking(true)}>
            <LogOut aria-hidden="true" />
            End all others
          </Button>
        ) : null
      }
    >
      <ListFrame label="Your sessions">
        <Awaited query={sessions} rows={2}>
          {({ items }) => (
            <Table>
              <colgroup>
                <col />
                <col className="w-40 max-md:hidden" />
                <col className="w-28 max-md:w-24" />
                <col className="w-28 max-md:w-24" />
              </colgroup>
              <TableHeader>
                <tr>
                  <TableHead>Browser</TableHead>
                  <TableHead className="max-md:hidden">From</TableHead>
                  <TableHead numeric>Last seen</TableHead>
                  <TableActionHead />
                </tr>
              </TableHeader>
              <TableBody>
                {items.map((session) => {
                  const name = browserName(session.userAgent);
                  return (
                    <TableRow key={session.id}>
                      <TableCell className="h-11 max-md:h-16">
                        <span className="grid min-w-0 leading-[18px]">
                          <span className="flex min-w-0 items-center gap-1.5">
                            <b className="cut font-strong">{name}</b>
                            {session.current ? <Badge>this one</Badge> : null}
                          </span>
                          <span className="cut text-muted-foreground text-xs">
                            {wayWords[session.cameBy]}, <RelativeTime at={session.createdAt} suffix="ago" />
                          </span>
                        </span>
                      </TableCell>
                      <TableCell className="mono max-md:hidden">{session.ip ?? "–"}</TableCell>
                      <TableCell numeric className="text-muted-foreground">
                        <RelativeTime at={session.lastSeenAt} suffix="ago" />
                      </TableCell>
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
      <ChangePassword />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="End all other sessions?"
        does="End all others"
        busy={endOthers.isPending}
        onConfirm={() => endOthers.mutate({})}
      >
        <p>
          {others === 1 ? "One other browser is" : `${others} other browsers are`} signed out at once and must
          sign in again. This one stays. API tokens go on working: they have a page of their own.
        </p>
      </ConfirmDialog>
    </Section>
  );
}
