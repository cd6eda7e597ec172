"use client";

import type { RoutingPreview } from "@/contracts/watch/policy";
import { refusalOf } from "../../api/refusal";
import { Alert } from "../../primitives/alert";
import { DayTime } from "../until-time";
import { listWords } from "../words/list-words";
import type { Trying } from "./use-try";
import { escalationWords, timesWords } from "./words/route-words";

type Hit = RoutingPreview["routes"][number];

function keyWords(key: Hit["key"]): string {
  return listWords(
    Object.entries(key).map(([label, value]) => (value ? `${label} ${value}` : `the same ${label}`)),
  );
}

/** Where it goes, what would keep it quiet, and when who hears of it. */
export function TryAnswer({ trying: { preview, error }, draft }: { trying: Trying; draft: boolean }) {
  if (error)
    return (
      <p role="alert" className="text-destructive text-xs">
        {refusalOf(error).message}
      </p>
    );
  if (!preview) return <p className="text-muted-foreground text-xs">Asking…</p>;
  const { routes, silencedBy, mutedBy } = preview;
  return (
    <div role="status" data-slot="try-answer" className="grid gap-2.5 border-t pt-3">
      {silencedBy ? (
        <Alert tone="waiting">
          <b>Silenced</b> until <DayTime at={silencedBy.until} />: {silencedBy.reason}
        </Alert>
      ) : null}
      {mutedBy ? (
        <Alert tone="waiting">
          <b>Muted now</b> by {mutedBy.source}: {mutedBy.name}
        </Alert>
      ) : null}
      {routes.map((hit) => (
        <HitWords key={hit.id} hit={hit} />
      ))}
      {routes.length === 0 ? <p>No branch tells anybody.</p> : null}
      <p className="text-2xs text-muted-foreground">
        {draft ? "By your draft, not saved yet." : "By the routes in force."}
      </p>
    </div>
  );
}

function HitWords({ hit }: { hit: Hit }) {
  const steps = hit.escalation.map(({ afterMs, channels }) => ({
    afterMs,
    channelIds: channels.map(({ id }) => id),
  }));
  const named = hit.escalation.flatMap(({ channels }) => channels);
  const escalation = escalationWords(steps, named);
  return (
    <div>
      <p>
        <b className="font-strong">{listWords(hit.channels.map(({ name }) => name)) || "Nobody"}</b>
        <span className="text-muted-foreground">, by “{hit.name}”</span>
      </p>
      <p className="mt-0.5 text-pretty text-muted-foreground text-xs">
        {timesWords(hit)}
        {hit.groupBy.length > 0
          ? `, in one message with others of ${keyWords(hit.key)}`
          : ", in one message with all others"}
        {escalation ? `; ${escalation}` : ""}.
        {hit.quietUntil ? (
          <>
            {" "}
            Quiet hours until <DayTime at={hit.quietUntil} />: told then, if it still fires.
          </>
        ) : null}
      </p>
    </div>
  );
}
