"use client";

import { useEffect, useRef, useState } from "react";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { Skeleton } from "../../primitives/skeleton";
import { AuthFrame } from "../auth-frame";
import { useLinkToken } from "../link-token";
import { roleWords } from "../role-words";
import { KeepCodes } from "../second-factor/keep-codes";
import { AcceptForm } from "./accept-form";
import { InvitationGone } from "./invitation-gone";

/** Where the link of an invitation leads: what one is invited to, then name and password. */
export function Invited() {
  const token = useLinkToken();
  const { mutate, data, error } = trpc.invitations.look.useMutation();
  const [gone, setGone] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const looked = useRef<string>(undefined);
  useEffect(() => {
    // Once for each link: wrong ones are counted.
    if (!token || looked.current === token) return;
    looked.current = token;
    mutate({ token });
  }, [token, mutate]);

  if (codes) return <KeepCodes codes={codes} />;
  if (gone || token === null || (error && refusalOf(error).code === "not-found")) return <InvitationGone />;
  if (error) {
    return (
      <AuthFrame title="The invitation did not come" lead={refusalOf(error).message}>
        <Button size="lg" className="h-10 w-full" onClick={() => token && mutate({ token })}>
          Ask again
        </Button>
      </AuthFrame>
    );
  }
  if (!token || !data) {
    return (
      <AuthFrame title="You are invited" lead="One moment.">
        <div role="status" aria-busy="true" aria-label="Loading" className="grid gap-3.5">
          <Skeleton className="h-9 w-full" />
          <Skeleton className="h-9 w-full" />
        </div>
      </AuthFrame>
    );
  }
  const { name, may } = roleWords[data.role];
  return (
    <AuthFrame
      title="You are invited"
      lead={
        <>
          by <b className="font-strong text-foreground">{data.invitedBy}</b>, as {name.toLowerCase()}.
        </>
      }
      note={`${name}: ${may.charAt(0).toLowerCase()}${may.slice(1)}.`}
    >
      <AcceptForm
        key={token}
        token={token}
        email={data.email}
        onDone={setCodes}
        onGone={() => setGone(true)}
      />
    </AuthFrame>
  );
}
