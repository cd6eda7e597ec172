"use client";

import type { ReactNode } from "react";
import type { z } from "zod";
import type { SignedInProgram } from "@/contracts/people/oauth";
import type { sessionSchema } from "@/contracts/people/user";
import { trpc } from "../../api/trpc";
import { RelativeTime } from "../../format/time";
import { Badge } from "../../primitives/badge";
import { Button } from "../../primitives/button";
import { browserName } from "../sessions/browser-name";
import { VisitName } from "../sessions/visit-name";
import { wayWords } from "../sessions/way-words";
import { tellFailure } from "../tell";

/** One browser that somebody is signed in with; the one that asks can't end itself here. */
export function SessionLine({
  session,
  onEnded,
}: {
  session: z.infer<typeof sessionSchema>;
  onEnded: () => Promise<void>;
}) {
  const end = trpc.sessions.revoke.useMutation({
    onSuccess: onEnded,
    onError: tellFailure("The session was not ended"),
  });
  const name = browserName(session.userAgent);
  return (
    <VisitLine
      name={name}
      badge={session.current ? <Badge>this one</Badge> : null}
      how={wayWords[session.cameBy]}
      since={session.createdAt}
      ip={session.ip}
      seenAt={session.lastSeenAt}
    >
      {session.current ? null : (
        <Button
          aria-label={`End the session of ${name}`}
          busy={end.isPending}
          onClick={() => end.mutate({ id: session.id })}
        >
          End
        </Button>
      )}
    </VisitLine>
  );
}

/** One program that somebody let in by a code. */
export function ProgramLine({
  program,
  onEnded,
}: {
  program: SignedInProgram;
  onEnded: () => Promise<void>;
}) {
  const end = trpc.programs.revoke.useMutation({
    onSuccess: onEnded,
    onError: tellFailure("The program was not signed out"),
  });
  return (
    <VisitLine
      name={program.name}
      badge={<Badge>program</Badge>}
      how="let in"
      since={program.signedInAt}
      ip={program.ip}
      seenAt={program.lastUsedAt}
    >
      <Button
        aria-label={`Sign ${program.name} out`}
        busy={end.isPending}
        onClick={() => end.mutate({ id: program.id })}
      >
        End
      </Button>
    </VisitLine>
  );
}

/** Who came, how, from where and when; `children` is what can be done about it. */
function VisitLine({
  name,
  badge,
  how,
  since,
  ip,
  seenAt,
  children,
}: {
  name: string;
  badge: ReactNode;
  how: string;
  since: string;
  ip: string | null;
  seenAt: string;
  children: ReactNode;
}) {
  return (
    <li className="flex items-center gap-3 rounded-md border px-3 py-2">
      <VisitName name={name} badge={badge}>
        <span className="cut text-muted-foreground text-xs">
          {how} <RelativeTime at={since} suffix="ago" />
          {ip ? (
            <>
              {" "}
              from <span className="mono">{ip}</span>
            </>
          ) : null}
          , seen <RelativeTime at={seenAt} suffix="ago" />
        </span>
      </VisitName>
      {children}
    </li>
  );
}
