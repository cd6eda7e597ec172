"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import { useState } from "react";
import type { Alert } from "@/contracts/watch/alert";
import { Awaited } from "../../people/awaited";
import { cn } from "../../primitives/class-names";
import { EmptyState } from "../../primitives/empty-state";
import { NextPage } from "../../primitives/next-page";
import { TextLink } from "../../primitives/text-link";
import { alertFilterAddress, isNarrowed, wholeList } from "./alert-filter";
import { AlertFilters } from "./alert-filters";
import { AlertItem } from "./alert-item";
import { FiringParts } from "./firing-parts";
import { useFitting } from "./fitting-alerts";
import { ListPart } from "./list-part";
import { PendingPart } from "./pending-part";
import { SeveralBar } from "./several-bar";
import { useShownAlert } from "./shown-alert";
import { useActOffBecause } from "./use-act";
import { useAlertFilter } from "./use-alert-filter";
import { useResolved } from "./use-alerts";
import { useListKeys } from "./use-list-keys";

/** Firing first, then what is about to, then what is over. Beside the story on wide screens; on a phone it gives way. */
export function AlertList() {
  const { id } = useParams<{ id?: string }>();
  const [filter, change] = useAlertFilter();
  const { loaded, all, calling, muted } = useFitting();
  const [picking, setPicking] = useState(false);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const listRef = useListKeys();
  const mayNot = useActOffBecause() !== undefined;
  const over = filter.state === "resolved";
  const current = useShownAlert() ?? undefined;
  const search = alertFilterAddress(filter);
  const pick = (alertId: string, on: boolean) => {
    const next = new Set(picked);
    if (on) next.add(alertId);
    else next.delete(alertId);
    setPicked(next);
  };
  const stop = () => {
    setPicking(false);
    setPicked(new Set());
  };
  const firing = [...calling, ...muted];
  const chosen = firing.filter((alert) => picked.has(alert.id));
  return (
    <section
      aria-label="Alerts"
      aria-busy={!loaded}
      className={cn(
        "flex min-h-0 min-w-0 flex-col max-md:flex-1 md:w-[372px] md:shrink-0 md:border-r",
        id && "max-md:hidden",
      )}
    >
      <AlertFilters filter={filter} onChange={change} />
      <div ref={listRef} className="min-h-0 flex-1 overflow-y-auto pb-6">
        {over ? null : (
          <>
            <FiringParts
              current={current}
              search={search}
              picking={picking ? { picked, pick, stop } : null}
              onPicking={mayNot ? undefined : () => setPicking(true)}
              onWhole={() => change(wholeList)}
            />
            {isNarrowed(filter) ? null : <PendingPart />}
          </>
        )}
        {over || !isNarrowed(filter) ? (
          <ResolvedPart current={current} search={search} bare={loaded && all === 0} />
        ) : null}
      </div>
      {picking ? <SeveralBar alerts={chosen} all={firing} onPick={setPicked} onDone={stop} /> : null}
    </section>
  );
}

function ResolvedPart({
  current,
  search,
  bare,
}: {
  current: string | undefined;
  search: string;
  /** Nothing fires either: where nothing ever did, the page says how it begins. */
  bare: boolean;
}) {
  const [filter] = useAlertFilter();
  const resolved = useResolved(filter);
  const items: Alert[] | undefined = resolved.data?.pages.flatMap((page) => page.items);
  return (
    <Awaited query={{ data: items, error: resolved.error, refetch: resolved.refetch }} rows={3}>
      {(alerts) => (
        <>
          {alerts.length > 0 || filter.state === "resolved" ? (
            <ListPart title="Resolved" count={undefined}>
              {alerts.map((alert) => (
                <AlertItem key={alert.id} alert={alert} current={alert.id === current} search={search} />
              ))}
            </ListPart>
          ) : null}
          {alerts.length === 0 && filter.state === "resolved" ? (
            <p className="px-4 py-2 text-muted-foreground text-xs">
              {isNarrowed(filter) ? "Nothing that is over fits." : "Nothing is over yet."}
            </p>
          ) : null}
          <NextPage query={resolved} words="Older" className="mx-auto mt-2 flex w-fit" />
          {bare && alerts.length === 0 && !isNarrowed(filter) && filter.state === "firing" ? (
            <EmptyState title="No alert yet" className="py-8">
              The first one comes when a rule applies: see{" "}
              <TextLink asChild>
                <Link href="/alerts/rules">the rules</Link>
              </TextLink>
              , and{" "}
              <TextLink asChild>
                <Link href="/settings/channels">who is told</Link>
              </TextLink>
              .
            </EmptyState>
          ) : null}
        </>
      )}
    </Awaited>
  );
}
