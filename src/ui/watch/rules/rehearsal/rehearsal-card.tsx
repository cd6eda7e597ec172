"use client";

import { History } from "lucide-react";
import type { Rehearsal } from "@/contracts/watch/rehearsal";
import type { RuleDraft } from "@/contracts/watch/rule";
import { refusalOf } from "../../../api/refusal";
import { calendarDate, clockTime } from "../../../format/exact-time";
import { formatCount } from "../../../format/quantity";
import { Button } from "../../../primitives/button";
import { Card } from "../../../primitives/card";
import { cn } from "../../../primitives/class-names";
import { Skeleton } from "../../../primitives/skeleton";
import { EpisodeTable } from "./episode-table";
import { RehearsalStrip } from "./rehearsal-strip";
import { gapWords, rehearsalWords, savedWords, spanOf } from "./rehearsal-words";
import { useRehearsal } from "./use-rehearsal";

/** What the rule would have done, beside the editor. It keeps its place and its height while one edits. */
export function RehearsalCard({
  draft,
  saved,
  ruleId,
}: {
  draft: RuleDraft;
  /** To compare with; undefined while nothing differs from it. */
  saved: RuleDraft | undefined;
  ruleId: string | undefined;
}) {
  const rehearsal = useRehearsal(draft, ruleId);
  const before = useRehearsal(saved ?? draft, ruleId, saved !== undefined && rehearsal.behind);
  const { data, ready, behind, error } = rehearsal;
  return (
    <Card aria-label="Rehearsal" aria-busy={behind} className="min-h-56 px-4 pt-3 pb-3">
      <header className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="flex-1 font-semibold text-sm">
          {data ? `Rehearsed on the last ${spanOf(data.rehearsal)}` : "Rehearsal"}
        </h2>
        <span className="num text-muted-foreground text-xs">
          {saved && before.data ? savedWords(before.data.rehearsal) : null}
        </span>
      </header>
      {!ready ? (
        <p className="mt-1 text-muted-foreground">
          As soon as the sentence is complete, it is rehearsed here.
        </p>
      ) : null}
      {ready && error ? (
        <div className="mt-1">
          <p role="alert" className="text-destructive">
            {refusalOf(error).message}
          </p>
          <Button className="mt-2" onClick={rehearsal.again}>
            Rehearse again
          </Button>
        </div>
      ) : null}
      {ready && !error && !data ? <Waiting /> : null}
      {data && !error ? (
        <div className={cn("transition-opacity duration-100", (behind || !ready) && "opacity-55")}>
          <Answer {...data} />
        </div>
      ) : null}
    </Card>
  );
}

function Answer({ rehearsal, rule }: { rehearsal: Rehearsal; rule: RuleDraft }) {
  const pieces = rehearsalWords(rehearsal);
  const plain = pieces.map(({ text }) => text).join("");
  return (
    <>
      <p role="status" data-slot="rehearsal-words" className="mt-0.5 mb-2 text-pretty text-base">
        {pieces.map(({ text, strong }) =>
          strong ? (
            <b key={text} className="font-semibold">
              {text}
            </b>
          ) : (
            text
          ),
        )}
      </p>
      <RehearsalStrip rehearsal={rehearsal} rule={rule} words={plain} />
      {gapWords(rehearsal, calendarDate).map((words) => (
        <p key={words} className="mt-2 text-muted-foreground text-xs">
          {words}
        </p>
      ))}
      <EpisodeTable rehearsal={rehearsal} />
      <p className="num mt-2 flex items-center gap-1.5 text-2xs text-muted-foreground">
        <History aria-hidden="true" className="size-3 shrink-0" />
        <span>
          As of {clockTime(rehearsal.to)}, by the routes of now. {formatCount(rehearsal.looked.observations)}{" "}
          observations judged as in life, in {formatCount(Math.round(rehearsal.looked.tookMs))} ms.
        </span>
      </p>
    </>
  );
}

function Waiting() {
  return (
    <div className="mt-2 grid gap-3">
      <Skeleton className="w-72" />
      <Skeleton className="h-14 w-full" />
      <Skeleton className="w-48" />
    </div>
  );
}
