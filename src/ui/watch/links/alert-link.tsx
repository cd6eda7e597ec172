"use client";

import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { AuthFrame } from "../../people/auth-frame";
import { Button } from "../../primitives/button";
import { Skeleton } from "../../primitives/skeleton";
import { LinkGone } from "./link-gone";
import { LinkOffer } from "./link-offer";
import { LinkOutcome } from "./link-outcome";

/** Somebody else may be faster, or the trouble over, while the page lies open on a phone. */
const lookAgainMs = 10_000;

/**
 * Where a link of a message leads: what it is about, what the button would do, and nothing done before it is pressed,
 * since mail programs and chats open links too.
 */
export function AlertLink({ token }: { token: string }) {
  const utils = trpc.useUtils();
  const look = trpc.alertLinks.look.useQuery({ token }, { refetchInterval: lookAgainMs });
  const act = trpc.alertLinks.act.useMutation({
    onSuccess: (seen) => utils.alertLinks.look.setData({ token }, seen),
  });
  const refusal = act.error ?? look.error;
  const { code, message, details } = refusalOf(refusal);
  if (refusal && code === "not-found") return <LinkGone message={message} details={details} />;
  // What this press did stays said as such, although the next look only knows who did it.
  const seen = act.data && look.data?.state === "done" ? act.data : look.data;
  if (!seen) {
    return refusal ? (
      <AuthFrame title="The alert did not come" lead={message}>
        <Button size="lg" className="h-11 w-full" busy={look.isFetching} onClick={() => look.refetch()}>
          Ask again
        </Button>
      </AuthFrame>
    ) : (
      <Waiting />
    );
  }
  if (seen.state !== "open") return <LinkOutcome seen={seen} />;
  return (
    <LinkOffer
      seen={seen}
      busy={act.isPending}
      fault={act.error ? message : undefined}
      onPress={() => act.mutate({ token })}
    />
  );
}

function Waiting() {
  return (
    <AuthFrame title="One moment" lead="Asking what the message was about.">
      <div role="status" aria-busy="true" aria-label="Loading" className="grid gap-3.5">
        <Skeleton className="h-28 w-full" />
        <Skeleton className="h-11 w-full" />
      </div>
    </AuthFrame>
  );
}
