"use client";

import { useEffect, useRef, useState } from "react";
import { cn } from "../primitives/class-names";
import { type FreshnessFacts, type FreshnessState, freshnessNews, freshnessWords } from "./freshness-words";
import { StatusShape } from "./shapes";

const looks: Record<FreshnessState, string> = {
  live: "border-border bg-card text-muted-foreground [&_b]:text-foreground",
  behind: "border-tone/45 bg-card text-tone",
  reconnecting: "border-tone/45 bg-card text-tone",
  disconnected: "border-destructive-solid bg-destructive-solid text-destructive-foreground",
};

function Mark({ state }: { state: FreshnessState }) {
  if (state === "live") {
    return (
      <span
        data-tone="online"
        className="relative size-[7px] shrink-0 rounded-full bg-tone-fill after:absolute after:inset-0 after:animate-ping-slow after:rounded-full after:bg-inherit"
      />
    );
  }
  const shapes = { behind: "waiting", reconnecting: "transition", disconnected: "offline" } as const;
  return <StatusShape shape={shapes[state]} size="xs" />;
}

/** How true the page is now. Changes of the state are said once, politely; the number alone never is. */
export function Freshness({ className, ...facts }: FreshnessFacts & { className?: string }) {
  const { state } = facts;
  const [strong, joint, number] = freshnessWords(facts);
  const before = useRef(state);
  const [news, setNews] = useState("");
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    setNews(freshnessNews[state]);
  }, [state]);

  return (
    <span
      data-slot="freshness"
      data-state={state}
      data-tone="waiting"
      title={state === "live" ? "Median of the last minute, from agent to this screen" : undefined}
      className={cn(
        "num inline-flex h-6 items-center gap-[7px] whitespace-nowrap rounded-full border pr-[9px] pl-2 text-xs",
        "[&_b]:font-strong",
        looks[state],
        className,
      )}
    >
      <Mark state={state} />
      <span suppressHydrationWarning>
        <b>{strong}</b>
        <span className="max-md:sr-only">{joint}</span>
        {number}
      </span>
      <span className="sr-only" aria-live="polite">
        {news}
      </span>
    </span>
  );
}
