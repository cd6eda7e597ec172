"use client";

import type { Person } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
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
import { counted } from "../sessions/counted";
import { tellFailure } from "../tell";
import { ProgramLine, SessionLine } from "./visit-lines";

/**
 * Where somebody is signed in, in browsers and by programs such as `mc login`, to be ended one by one or all together;
 * live connections close at once.
 */
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
  const endAll = trpc.users.endSessions.useMutation({
    onSuccess: async ({ ended }) => {
      const detail = `${counted(ended, programs)} signed out`;
      toast.done({ title: `${person.name} is signed out`, detail });
      onOpenChange(false);
      await refresh();
    },
    onError: tellFailure("The sessions were not ended"),
  });
  const others = sessions.data?.items.filter(({ current }) => !current).length ?? 0;
  const programs = sessions.data?.programs.length ?? 0;
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
            {({ items, programs }) =>
              items.length + programs.length === 0 ? (
                <p className="text-muted-foreground">Not signed in anywhere at the moment.</p>
              ) : (
                <ul className="grid gap-2">
                  {items.map((session) => (
                    <SessionLine key={session.id} session={session} onEnded={refresh} />
                  ))}
                  {programs.map((program) => (
                    <ProgramLine key={program.id} program={program} onEnded={refresh} />
                  ))}
                </ul>
              )
            }
          </Awaited>
        </DialogBody>
        <DialogFooter note="Programs that were let in by a code end with the sessions.">
          <Button size="lg" onClick={() => onOpenChange(false)}>
            Close
          </Button>
          {others + programs > 0 ? (
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
