"use client";

import type { Person } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { countOf } from "../../format/quantity";
import { RelativeTime } from "../../format/time";
import { Badge } from "../../primitives/badge";
import { Button } from "../../primitives/button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "../../primitives/dialog";
import { toast } from "../../primitives/toast";
import { Awaited } from "../awaited";
import { browserName } from "../sessions/browser-name";
import { wayWords } from "../sessions/way-words";
import { tellFailure } from "../tell";

/** Where somebody is signed in, to be ended one by one or all together; live connections close at once. */
export function PersonSessionsDialog({
  person,
  isMe,
  open,
  onOpenChange,
}: {
  person: Person;
  isMe: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const cache = trpc.useUtils();
  const sessions = trpc.users.sessions.useQuery({ id: person.id }, { enabled: open });
  const refresh = async () => {
    await Promise.all([cache.users.sessions.invalidate({ id: person.id }), cache.users.list.invalidate()]);
  };
  const endOne = trpc.sessions.revoke.useMutation({
    onSuccess: refresh,
    onError: tellFailure("The session was not ended"),
  });
  const endAll = trpc.users.endSessions.useMutation({
    onSuccess: async ({ ended }) => {
      toast.done({ title: `${person.name} is signed out`, detail: `${countOf(ended, "session")} ended` });
      onOpenChange(false);
      await refresh();
    },
    onError: tellFailure("The sessions were not ended"),
  });
  const others = sessions.data?.items.filter(({ current }) => !current).length ?? 0;
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Sessions of {person.name}</DialogTitle>
          <DialogDescription>
            Ending one closes its live connection at once. They can sign in again: to keep somebody out,
            switch the account off.
          </DialogDescription>
        </DialogHeader>
        <DialogBody>
          <Awaited query={sessions} rows={2}>
            {({ items }) =>
              items.length === 0 ? (
                <p className="text-muted-foreground">Not signed in anywhere at the moment.</p>
              ) : (
                <ul className="grid gap-2">
                  {items.map((session) => (
                    <li key={session.id} className="flex items-center gap-3 rounded-md border px-3 py-2">
                      <span className="grid min-w-0 flex-1 leading-[18px]">
                        <span className="flex min-w-0 items-center gap-1.5">
                          <b className="cut font-strong">{browserName(session.userAgent)}</b>
                          {session.current ? <Badge>this one</Badge> : null}
                        </span>
                        <span className="cut text-muted-foreground text-xs">
                          {wayWords[session.cameBy]} <RelativeTime at={session.createdAt} suffix="ago" />
                          {session.ip ? (
                            <>
                              {" "}
                              from <span className="mono">{session.ip}</span>
                            </>
                          ) : null}
                          , seen <RelativeTime at={session.lastSeenAt} suffix="ago" />
                        </span>
                      </span>
                      {session.current ? null : (
                        <Button
                          aria-label={`End the session of ${browserName(session.userAgent)}`}
                          busy={endOne.isPending && endOne.variables.id === session.id}
                          onClick={() => endOne.mutate({ id: session.id })}
                        >
                          End
                        </Button>
                      )}
                    </li>
                  ))}
                </ul>
              )
            }
          </Awaited>
        </DialogBody>
        <DialogFooter note={others > 0 ? "Programs that were let in by a code end with them." : undefined}>
          <Button size="lg" onClick={() => onOpenChange(false)}>
            Close
          </Button>
          {others > 0 ? (
            <Button
              variant="destructive"
              size="lg"
              busy={endAll.isPending}
              onClick={() => endAll.mutate({ id: person.id })}
            >
              {isMe ? "Sign out everywhere else" : "Sign out everywhere"}
            </Button>
          ) : null}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
