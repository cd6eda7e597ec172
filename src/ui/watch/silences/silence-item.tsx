"use client";

import { BellOff, CalendarClock, Pencil, RotateCcw } from "lucide-react";
import { useState } from "react";
import type { Silence } from "@/contracts/watch/silence";
import { trpc } from "../../api/trpc";
import { exactTime } from "../../format/exact-time";
import { countOf } from "../../format/quantity";
import { useNow, useOwnZone } from "../../format/ticker";
import { tellFailure } from "../../people/tell";
import { Badge } from "../../primitives/badge";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { toast } from "../../primitives/toast";
import { useActOffBecause } from "../alerts/use-act";
import { matcherWords } from "../words/matcher-words";
import { windowWords } from "../words/window-words";
import { nextOccurrences, occurrenceTimes } from "./occurrences";
import { SilenceDialog } from "./silence-dialog";
import { type SilenceStart, silenceAgain, silenceToChange } from "./silence-start";
import { silenceTime } from "./silence-words";

/** One silence: what it fits, why, who made it, and a countdown in plain sight. */
export function SilenceItem({
  silence,
  onAgain,
}: {
  silence: Silence;
  onAgain: (start: SilenceStart) => void;
}) {
  const cache = trpc.useUtils();
  const offBecause = useActOffBecause();
  const off = offBecause ? { offBecause } : {};
  const [changing, setChanging] = useState(false);
  const end = trpc.silences.end.useMutation({
    onSuccess: async () => {
      toast.done({ title: "It is told again", detail: "What still fires is told now." });
      await cache.silences.invalidate();
    },
    onError: tellFailure("The silence was not ended"),
  });
  const over = silence.state === "ended";
  const Icon = silence.kind === "maintenance" ? CalendarClock : BellOff;
  return (
    <li
      data-slot="silence-item"
      data-state={silence.state}
      className="flex flex-wrap items-start gap-x-3 gap-y-2 border-border/62 border-b px-4 py-3 last:border-b-0"
    >
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      <div className="min-w-0 flex-1 basis-64">
        <p className="break-words font-strong">{silence.reason}</p>
        <p className="mt-1 flex flex-wrap gap-1">
          {silence.matchers.map((matcher) => (
            <Badge key={`${matcher.label}${matcher.op}${matcher.value}`} className="mono max-w-full truncate">
              {matcherWords(matcher)}
            </Badge>
          ))}
        </p>
        <p className="mt-1 text-muted-foreground text-xs">
          by {silence.createdBy.name}
          {silence.matching > 0 && !over ? (
            <>
              {" · "}
              <b className="num font-medium text-foreground">{countOf(silence.matching, "firing alert")}</b>{" "}
              {silence.state === "active" ? "kept quiet" : silence.matching === 1 ? "fits now" : "fit now"}
            </>
          ) : null}
        </p>
        <ScheduleWords silence={silence} />
      </div>
      <Time silence={silence} />
      <span className="flex gap-1.5 max-md:w-full">
        {over ? (
          <ButtonWithReason
            className="max-md:flex-1"
            onClick={() => onAgain(silenceAgain(silence, Date.now()))}
            {...off}
          >
            <RotateCcw aria-hidden="true" />
            Make again
          </ButtonWithReason>
        ) : (
          <>
            <ButtonWithReason
              variant="ghost"
              size="icon"
              aria-label={`Change: ${silence.reason}`}
              onClick={() => setChanging(true)}
              {...off}
            >
              <Pencil aria-hidden="true" />
            </ButtonWithReason>
            <ButtonWithReason
              className="max-md:flex-1"
              aria-label={`End now: ${silence.reason}`}
              busy={end.isPending}
              onClick={() => end.mutate({ id: silence.id })}
              {...off}
            >
              End now
            </ButtonWithReason>
          </>
        )}
      </span>
      {over ? null : (
        <SilenceDialog
          open={changing}
          onOpenChange={setChanging}
          start={silenceToChange(silence)}
          changing={silence}
        />
      )}
    </li>
  );
}

function Time({ silence }: { silence: Silence }) {
  const nowMs = useNow();
  const ownZone = useOwnZone();
  if (!ownZone || nowMs === 0) return null;
  const title = [
    `from ${exactTime(silence.startsAt)}`,
    silence.endsAt ? `to ${exactTime(silence.endsAt)}` : "",
  ];
  return (
    <span
      title={title.filter(Boolean).join(" ")}
      className={
        silence.state === "active"
          ? "num shrink-0 pt-1 font-medium text-xs"
          : "num shrink-0 pt-1 text-muted-foreground text-xs"
      }
    >
      {silenceTime(silence, nowMs)}
    </span>
  );
}

/** Hours that come back: in words, and the next three times. */
function ScheduleWords({ silence }: { silence: Silence }) {
  const nowMs = useNow();
  const { schedule } = silence;
  if (!schedule) return null;
  const next =
    silence.state === "ended"
      ? []
      : nextOccurrences(schedule, nowMs, {
          startsAt: Date.parse(silence.startsAt),
          endsAt: silence.endsAt ? Date.parse(silence.endsAt) : null,
        });
  return (
    <div className="mt-1 text-muted-foreground text-xs">
      <p className="num">{windowWords(schedule)}</p>
      {next.length > 0 ? (
        <p className="num">Next: {next.map((one) => occurrenceTimes(one, schedule.zone)).join(" · ")}</p>
      ) : null}
    </div>
  );
}
