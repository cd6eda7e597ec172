"use client";

import { memo, useMemo } from "react";
import type { Alert } from "@/contracts/watch/alert";
import type { AlertStory } from "@/contracts/watch/story";
import { useNow } from "../../format/ticker";
import { ExactTime } from "../../format/time";
import { cn } from "../../primitives/class-names";
import { SendAgain } from "../send-again";
import { UntilTime } from "../until-time";
import { clockByDistance } from "../until-words";
import { AttemptTable } from "./attempt-table";
import { storyLines } from "./story";
import { StoryIcon } from "./story-icon";
import type { StoryLine } from "./story-line";
import { nextLines } from "./story-next";

type Told = Pick<AlertStory, "entries" | "next">;

/** One line a thing on a thread; what has not happened yet is drawn as a ghost at its end. */
export function StoryList({ alert, told }: { alert: Alert; told: Told }) {
  const lines = useMemo(() => storyLines(alert, told.entries), [alert, told]);
  const goesOn = alert.state === "firing";
  return (
    <ol className="mt-2.5" aria-label="Story">
      {lines.map((line, index) => {
        const last = index === lines.length - 1;
        return <StoryItem key={line.id} line={line} last={last && !goesOn} intoGhost={last && goesOn} />;
      })}
      {goesOn ? <NextItems alert={alert} told={told} /> : null}
    </ol>
  );
}

/** Apart from what happened, of which there may be hundreds: only these words change as time goes by. */
function NextItems({ alert, told: { entries, next } }: { alert: Alert; told: Told }) {
  const lines = nextLines(alert, entries, next, useNow());
  return lines.map((line, index) => {
    const last = index === lines.length - 1;
    return <StoryItem key={line.id} line={line} last={last} intoGhost={!last} />;
  });
}

const StoryItem = memo(function StoryItem({
  line,
  last,
  intoGhost,
}: {
  line: StoryLine;
  last: boolean;
  intoGhost: boolean;
}) {
  const { message } = line;
  return (
    <li
      data-kind={line.kind}
      className={cn(
        "relative grid grid-cols-[20px_62px_minmax(0,1fr)] gap-2.5 py-[7px] max-md:grid-cols-[20px_56px_minmax(0,1fr)] max-md:gap-2",
        line.kind === "next" && "text-muted-foreground",
      )}
    >
      <StoryIcon kind={line.kind} />
      <span className="num text-muted-foreground text-xs leading-5">
        {line.at ? <ExactTime at={line.at} /> : "Next"}
      </span>
      <div className="min-w-0">
        <p>
          <b className="font-strong">{line.title}</b>{" "}
          <span className="break-words text-muted-foreground">
            {line.words}
            {line.until ? (
              <>
                {" "}
                {line.words.endsWith("until") ? "" : "· until "}
                <UntilTime at={line.until} clock={clockByDistance} />
              </>
            ) : null}
          </span>
        </p>
        {line.quote ? (
          <p className="mt-[3px] mb-0.5 w-fit max-w-prose whitespace-pre-wrap break-words rounded-md bg-muted px-2.5 py-1.25 text-xs">
            {line.quote}
          </p>
        ) : null}
        {message && (message.attempts > 1 || message.state !== "delivered") ? (
          <AttemptTable message={message} />
        ) : null}
        {message && line.kind === "given-up" ? <SendAgain delivery={message} className="mt-1" /> : null}
      </div>
      {last ? null : (
        <span
          aria-hidden="true"
          className={cn(
            "absolute top-[29px] -bottom-[5px] left-[9.5px] border-border-strong border-l",
            intoGhost && "border-dashed",
          )}
        />
      )}
    </li>
  );
});
