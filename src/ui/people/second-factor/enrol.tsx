"use client";

import { useEffect, useState } from "react";
import { returnPath } from "@/contracts/people/return-path";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { Skeleton } from "../../primitives/skeleton";
import { AuthFrame } from "../auth-frame";
import { EnrolChoice } from "./enrol-choice";
import { RecoveryCodes } from "./recovery-codes";

/** All that is open to a person whose role must have a second factor and who has none yet. */
export function Enrol({ to }: { to: string | undefined }) {
  const status = trpc.auth.status.useQuery({}, { staleTime: Number.POSITIVE_INFINITY });
  const [codes, setCodes] = useState<string[] | null>(null);
  const goOn = () => window.location.assign(returnPath(to));
  const leave = trpc.auth.logout.useMutation({ onSettled: () => window.location.assign("/login") });
  const known = status.data;
  useEffect(() => {
    if (!known || codes) return;
    if (!known.user) window.location.replace("/login");
    else if (!known.mustEnrol) window.location.replace(returnPath(to));
  }, [known, codes, to]);

  if (codes) {
    return (
      <AuthFrame title="Keep these codes" lead="They are the way back in when your second factor is lost.">
        <RecoveryCodes codes={codes} />
        <Button variant="primary" size="lg" className="mt-5 h-10 w-full" onClick={goOn}>
          I have kept them
        </Button>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title="Set up a second factor"
      lead="Your role must have one beside the password. It takes a minute."
      note={known?.user ? `You are signed in as ${known.user.email}.` : undefined}
    >
      {known?.mustEnrol ? (
        <EnrolChoice onDone={(given) => (given ? setCodes(given) : goOn())} />
      ) : (
        <div role="status" aria-busy="true" aria-label="Loading" className="grid gap-3">
          <Skeleton className="h-16 w-full" />
          <Skeleton className="h-16 w-full" />
        </div>
      )}
      <Button
        variant="ghost"
        className="-ml-2.5 mt-4 self-start max-md:-ml-3.5"
        busy={leave.isPending}
        onClick={() => leave.mutate({})}
      >
        Sign out instead
      </Button>
    </AuthFrame>
  );
}
