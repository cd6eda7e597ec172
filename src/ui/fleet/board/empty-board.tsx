"use client";

import { Skeleton } from "../../primitives/skeleton";
import { StatusShape } from "../../status/shapes";
import { FirstAgentCard } from "./first-agent-card";

const ghosts = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** No agents yet: the first row of the real table waits, and the card says what to paste. */
export function EmptyBoard() {
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto">
      <div
        data-tone="transition"
        role="status"
        className="flex min-h-8 items-center gap-3 border-b bg-hand/7 px-4 py-1 shadow-[inset_2px_0_0_var(--hand)]"
      >
        <StatusShape shape="transition" className="text-tone" />
        <b className="font-strong text-tone">Listening</b>
        <span className="text-muted-foreground">
          Waiting for the first agent. It appears on this line the moment it connects.
        </span>
      </div>
      <div aria-hidden="true" className="[mask-image:linear-gradient(#000,transparent)] max-md:hidden">
        {ghosts.map((key) => (
          <div key={key} className="flex h-8 items-center gap-8 border-border/62 border-b px-4">
            <Skeleton className="size-3.5" />
            <Skeleton className="w-16" />
            <Skeleton className="w-28" />
            <Skeleton className="w-64" />
            <Skeleton className="ml-auto w-20" />
            <Skeleton className="w-24" />
          </div>
        ))}
      </div>
      <div className="px-3 pt-6 pb-10 relative z-1 md:-mt-48">
        <FirstAgentCard />
      </div>
    </div>
  );
}
