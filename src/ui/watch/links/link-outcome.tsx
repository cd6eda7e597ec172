"use client";

import type { ReactNode } from "react";
import type { SeenAlertLink } from "@/contracts/watch/alert-link";
import { ExactTime, RelativeTime } from "../../format/time";
import { AuthFrame } from "../../people/auth-frame";
import { LinkAlert } from "./link-alert";
import { OpenInConsole } from "./open-in-console";

/** There is nothing to press: it was done, by this press or by somebody before, or the alert is over. */
export function LinkOutcome({ seen }: { seen: SeenAlertLink }) {
  const { title, lead } = wordsOf(seen);
  return (
    <AuthFrame title={title} lead={<span role="status">{lead}</span>}>
      <div className="grid gap-4">
        <LinkAlert seen={seen} />
        <OpenInConsole alertId={seen.alert.id} main />
      </div>
    </AuthFrame>
  );
}

function wordsOf({ act, state, done }: SeenAlertLink): { title: string; lead: ReactNode } {
  if (state === "resolved" || !done) {
    return { title: "It is over", lead: "The alert has resolved. There is nothing left to do." };
  }
  const by = <b className="font-strong text-foreground [overflow-wrap:anywhere]">{done.by}</b>;
  const quiet = done.until ? (
    <>
      {" "}
      Quiet until <ExactTime at={done.until} />.
    </>
  ) : null;
  if (done.now) {
    return {
      title: act === "acknowledge" ? "Acknowledged" : "Silenced",
      lead: (
        <>
          Written down as {by}.{quiet ?? " Everybody sees it now."}
        </>
      ),
    };
  }
  return {
    title: act === "acknowledge" ? "Somebody is on it already" : "It is quiet already",
    lead: (
      <>
        {by}, <RelativeTime at={done.at} suffix="ago" />.{quiet}
      </>
    ),
  };
}
