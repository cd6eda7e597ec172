"use client";

import type { z } from "zod";
import type { notificationAttemptSchema } from "@/contracts/watch/notification";
import type { StoryMessage } from "@/contracts/watch/story";
import { formatDuration } from "../../format/duration";
import { useNow } from "../../format/ticker";
import { ExactTime, RelativeTime } from "../../format/time";
import { cn } from "../../primitives/class-names";
import { isTaken, statusMeaning } from "../answer-words";
import { waitsItsTurn, whyItWaits } from "../waits-its-turn";

/** Each try of a message with the service's own answer, and when the next one comes. */
export function AttemptTable({
  message,
}: {
  message: Pick<StoryMessage, "tries" | "state" | "nextAttemptAt">;
}) {
  const { tries, state, nextAttemptAt } = message;
  const next = state === "pending" ? nextAttemptAt : null;
  if (tries.length === 0 && !next) return null;
  return (
    <ol className="num mt-1 mb-0.5 max-w-[560px] rounded-md border text-muted-foreground text-xs">
      {tries.map((attempt, index) => (
        <AttemptLine
          key={attempt.at}
          attempt={attempt}
          number={index + 1}
          taken={state === "delivered" && index === tries.length - 1}
        />
      ))}
      {next ? (
        <li className="flex gap-4 border-t px-2.5 py-[3px] first:border-t-0">
          <span className="w-2">{tries.length + 1}</span>
          <NextTry at={next} />
        </li>
      ) : null}
    </ol>
  );
}

function NextTry({ at }: { at: string }) {
  const nowMs = useNow();
  if (waitsItsTurn(at, nowMs)) {
    return <span className="min-w-0 flex-1">waits its turn: {whyItWaits.toLowerCase()}</span>;
  }
  return (
    <span>
      next try at <ExactTime at={at} className="text-foreground" />
      {Date.parse(at) > nowMs ? (
        <>
          {" "}
          (in <RelativeTime at={at} />)
        </>
      ) : null}
    </span>
  );
}

function AttemptLine({
  attempt,
  number,
  taken,
}: {
  attempt: z.output<typeof notificationAttemptSchema>;
  number: number;
  /** A status alone does not say so: a service may answer 200 and mean 429. */
  taken: boolean;
}) {
  const { status, answer } = attempt;
  return (
    <li className="flex gap-4 border-t px-2.5 py-[3px] first:border-t-0 max-md:gap-2.5">
      <span className="w-2">{number}</span>
      <ExactTime at={attempt.at} />
      <span className="min-w-0 flex-1">
        <b
          data-tone={taken ? "online" : "waiting"}
          className={cn("mono mr-1.5 font-semibold text-2xs text-tone", status === 0 && "hidden")}
        >
          {status}
        </b>
        <span className="break-words" title={answer}>
          {status === 0 ? `No answer: ${answer}` : isTaken(status) && !taken ? answer : statusMeaning(status)}
        </span>
      </span>
      <span className="shrink-0">{formatDuration(attempt.tookMs)}</span>
    </li>
  );
}
