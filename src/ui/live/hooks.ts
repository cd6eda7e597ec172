"use client";

import { useEffect, useMemo, useRef } from "react";
import type { Agent } from "@/contracts/fleet/agent";
import type { Command } from "@/contracts/fleet/command";
import type { BoardAlert } from "@/contracts/wire/board-fold";
import type { Health, Intent, NewsPatch, NewsTopic, Notice, Person } from "@/contracts/wire/browser";
import type { FreshnessFacts } from "../status/freshness-words";
import type { Glance } from "./glance";
import { useLive, useLiveValue } from "./live-context";

/** One agent, live; undefined when it is not on the board. */
export function useAgent(id: string): Agent | undefined {
  return useLiveValue(`agent:${id}`, (store) => store.picture.agents.get(id));
}

/** One thing about an agent: drawn anew only when that changes. */
export function useAgentField<Value>(id: string, read: (agent: Agent) => Value): Value | undefined {
  return useLiveValue(`agent:${id}`, (store) => {
    const agent = store.picture.agents.get(id);
    return agent && read(agent);
  });
}

export function useOpenCommand(agentId: string): Command | undefined {
  return useLiveValue(`agent:${agentId}`, (store) => store.picture.openCommandOf(agentId));
}

export function useCpuTrace(agentId: string): readonly (number | null)[] {
  return useLiveValue(`agent:${agentId}`, (store) => store.picture.traces.get(agentId)?.values() ?? nothing);
}
const nothing: readonly never[] = [];

/** Dialogs that other people have open on this agent. */
export function useIntentsOn(agentId: string): readonly Intent[] | undefined {
  return useLiveValue("intents", (store) => store.intentsOf(agentId));
}

export function useIntents(): readonly Intent[] {
  return useLiveValue("intents", (store) => store.intents);
}

export function usePeople(): readonly Person[] {
  return useLiveValue("people", (store) => store.people);
}

export function useHealth(): Health | null {
  return useLiveValue("health", (store) => store.health);
}

export function useNotices(): readonly Notice[] {
  return useLiveValue("notices", (store) => store.picture.notices);
}

export function useFreshness(): FreshnessFacts {
  return useLiveValue("freshness", (store) => store.freshness);
}

/** Whether the first snapshot is here: until then the page shows skeletons. */
export function useLoaded(): boolean {
  return useLiveValue("loaded", (store) => store.loaded);
}

/** What the page came with, for parts that count and list before the first snapshot is here; null from then on. */
export function useGlance(): Glance | null {
  return useLiveValue("loaded", (store) => store.glance);
}

/** Whether what is shown is no longer of now: it is drawn muted then. */
export function useLate(): boolean {
  return useLiveValue("freshness", (store) => store.freshness.late === true);
}

/** Why nothing may be done now; undefined when everything may. */
export function useOffBecause(): string | undefined {
  const disconnected = useLiveValue("freshness", (store) => store.freshness.state === "disconnected");
  const unsaved = useLiveValue("health", (store) => store.health?.db === false);
  if (disconnected) return "Disconnected: what the page shows is old, so actions are off until it is back.";
  if (unsaved)
    return "The database does not answer: nothing could be kept, so actions are off until it is back.";
  return undefined;
}

/** Every command that the board knows, newest first. */
export function useLiveCommands(): readonly Command[] {
  return useLiveValue("commands", (store) => store.commands);
}

/** Alerts that fire now. */
export function useFiringAlerts(): readonly BoardAlert[] {
  return useLiveValue("alerts", (store) => store.alerts);
}

/** Those of them that are told to somebody; the others are muted. */
export function useCallingAlerts(): readonly BoardAlert[] {
  const firing = useFiringAlerts();
  return useMemo(() => firing.filter(({ muted }) => !muted), [firing]);
}

/** For a page that shows what has an address of its own: everyone else is told that one instead of the page's. */
export function usePlace(address: string | null): void {
  const { connection } = useLive();
  useEffect(() => (address === null ? undefined : connection?.place.shows(address)), [connection, address]);
}

/** The worst alert that fires for this agent. */
export function useAlertOn(agentId: string): BoardAlert | undefined {
  return useLiveValue(`agent:${agentId}`, (store) => store.picture.alertOf(agentId));
}

/**
 * Calls when something happened to a thing of these kinds, which the board does not carry: the page then reads it
 * again. After a new snapshot too, since anything may have been missed; `fits` narrows.
 */
export function useNews(
  topics: readonly NewsTopic[],
  hear: () => void,
  fits: (news: NewsPatch) => boolean = () => true,
): void {
  const { store } = useLive();
  const latest = useRef({ hear, fits, topics });
  useEffect(() => {
    latest.current = { hear, fits, topics };
  });
  useEffect(
    () =>
      store.onNews((news) => {
        const { hear, fits, topics } = latest.current;
        if (news === null || news.some((one) => topics.includes(one.topic) && fits(one))) hear();
      }),
    [store],
  );
}
