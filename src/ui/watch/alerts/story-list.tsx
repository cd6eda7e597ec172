"use client";

import { ExactTime } from "../../format/time";
import { cn } from "../../primitives/class-names";
import { SendAgain } from "../send-again";
import { AttemptTable } from "./attempt-table";
import type { StoryStep } from "./story";
import { StoryIcon } from "./story-icon";

/** One line a step on a thread; what has not happened yet is drawn as a ghost at its end. */
export function StoryList({ steps }: { steps: readonly StoryStep[] }) {
  return (
    <ol className="mt-2.5">
      {steps.map((step, index) => {
        const ghost = step.kind === "next";
        const last = index === steps.length - 1;
        const intoGhost = steps[index + 1]?.kind === "next";
        return (
          <li
            key={step.id}
            className={cn(
              "relative grid grid-cols-[20px_62px_minmax(0,1fr)] gap-2.5 py-[7px] max-md:grid-cols-[20px_56px_minmax(0,1fr)] max-md:gap-2",
              ghost && "text-muted-foreground",
            )}
          >
            <StoryIcon kind={step.kind} />
            <span className="num text-muted-foreground text-xs leading-5">
              {step.at ? <ExactTime at={step.at} /> : "Next"}
            </span>
            <div className="min-w-0">
              <p>
                <b className="font-strong">{step.title}</b>{" "}
                <span className="break-words text-muted-foreground">{step.words}</span>
              </p>
              {step.told ? <AttemptTable told={step.told} /> : null}
              {step.told && step.kind === "given-up" ? (
                <SendAgain delivery={step.told} className="mt-1" />
              ) : null}
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
      })}
    </ol>
  );
}
