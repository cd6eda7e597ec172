"use client";

import { useEffect } from "react";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { useNews } from "../../live/hooks";
import { useOnAlerts } from "../alerts/use-on-alerts";
import { type DeliveryFilter, nextTryMs } from "./delivery-filter";

const pageSize = 50;

/** The outbox as it is: read again when a message goes out or is given up, when alerts change, and at the next try. */
export function useDeliveries({ state, channelId }: DeliveryFilter) {
  const cache = trpc.useUtils();
  const deliveries = trpc.notifications.list.useInfiniteQuery(
    { limit: pageSize, ...(state ? { state } : {}), ...(channelId ? { channelId } : {}) },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: (before) => before },
  );
  const readAgain = useCalmly(() => void cache.notifications.list.invalidate());
  useNews(["notification"], readAgain);
  useOnAlerts(readAgain, "membership");
  const { data } = deliveries;
  useEffect(() => {
    const waitMs = nextTryMs(data?.pages.flatMap(({ items }) => items) ?? [], Date.now());
    if (waitMs === null) return;
    const timer = setTimeout(readAgain, waitMs);
    return () => clearTimeout(timer);
  }, [data, readAgain]);
  return deliveries;
}
