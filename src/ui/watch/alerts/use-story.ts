"use client";

import { useEffect, useRef } from "react";
import type { Alert } from "@/contracts/watch/alert";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useNews } from "../../live/hooks";
import { nextStoryLookMs } from "./story-look";

/** What the telling decides is written a moment after what it decides about. */
const settledAfterMs = 1_500;

/** The whole story of an alert: read again when it changes, when a message goes out, and when it said it would go on. */
export function useStory(alert: Alert) {
  const { id } = alert;
  const cache = trpc.useUtils();
  const story = trpc.alerts.story.useQuery({ id });
  const readAgain = useCalmly(() => void cache.alerts.story.invalidate({ id }));
  useNews(["notification", "alert", "silence", "policy"], readAgain);
  const known = useRef<Alert | null>(null);
  useEffect(() => {
    const before = known.current;
    known.current = alert;
    if (before && before.id === alert.id && before !== alert) readAgain();
    const timer = setTimeout(readAgain, settledAfterMs);
    return () => clearTimeout(timer);
  }, [alert, readAgain]);
  useEffect(() => {
    const waitMs = story.data ? nextStoryLookMs(story.data, Date.now()) : null;
    if (waitMs === null) return;
    const timer = setTimeout(readAgain, waitMs);
    return () => clearTimeout(timer);
  }, [story.data, readAgain]);
  return story;
}
