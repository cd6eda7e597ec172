"use client";

import { useEffect, useRef } from "react";
import type { WatchHealth } from "@/contracts/watch/dead-man";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useFiringAlerts, useLoaded, useNews } from "../../live/hooks";

/** A watcher that has stopped tells nothing, so its silence is asked about; in a tab that is looked at. */
const askEveryMs = { banner: 60_000, tabs: 10_000, page: 5_000 };
/** That a trouble is over need not be told by anything, and may be so in a moment: just after a server's start it is. */
const troubledMs = 10_000;

/** How long until it is asked again. */
export const askAgainMs = (
  where: keyof typeof askEveryMs,
  health: Pick<WatchHealth, "faults"> | undefined,
) => (health && health.faults.length > 0 ? Math.min(troubledMs, askEveryMs[where]) : askEveryMs[where]);

/** Whether watching and telling keep up. The closer one looks, the more often it is asked; all share one answer. */
export function useHealth(where: keyof typeof askEveryMs, enabled = true) {
  const cache = trpc.useUtils();
  const health = trpc.watch.health.useQuery(
    {},
    { enabled, refetchInterval: ({ state }) => askAgainMs(where, state.data) },
  );
  const readAgain = useCalmly(() => {
    if (enabled) void cache.watch.health.invalidate();
  });
  useNews(["channel"], readAgain);
  useNews(["notification"], readAgain, ({ fact }) => fact === "notification.given_up");
  const ownTrouble = useFiringAlerts()
    .filter(({ kind }) => kind === "self")
    .map(({ id }) => id)
    .join();
  const known = useRef(ownTrouble);
  useEffect(() => {
    // Its end too: a fault that is over must not stay in sight until the next look.
    if (known.current !== ownTrouble) readAgain();
    known.current = ownTrouble;
  }, [ownTrouble, readAgain]);
  return health;
}

/** For the banner: whether it is well. Asked after the board, which is what one came for. */
export function useWatchHealth(wanted: boolean) {
  const loaded = useLoaded();
  const enabled = wanted && loaded;
  const { data } = useHealth("banner", enabled);
  return enabled ? data : undefined;
}
