"use client";

import { BellOff } from "lucide-react";
import { useState } from "react";
import type { Alert } from "@/contracts/watch/alert";
import { formatCount } from "../../format/quantity";
import { Button } from "../../primitives/button";
import { TextLink } from "../../primitives/text-link";
import { isNarrowed } from "./alert-filter";
import { AlertItem } from "./alert-item";
import { useFitting } from "./fitting-alerts";
import { ListPart } from "./list-part";
import { useQuietAlerts } from "./quiet-alerts";
import { useAlertFilter } from "./use-alert-filter";

/** So many are drawn at once: the worst stand first, and a list of ten thousand is read by its filter. */
const shownAtOnce = 100;

export interface Picking {
  picked: ReadonlySet<string>;
  pick: (id: string, on: boolean) => void;
  stop: () => void;
}

/**
 * What calls somebody, and below it what is muted, however severe: in an outage the outage itself stands on top. One array
 * of items, since React makes anew what goes from one array to another: an open menu and the focus would be lost.
 */
export function FiringParts({
  current,
  search,
  picking,
  onPicking,
  onWhole,
}: {
  current: string | undefined;
  search: string;
  /** Null: alerts are not picked now. */
  picking: Picking | null;
  /** Left out for who may not act. */
  onPicking: (() => void) | undefined;
  onWhole: () => void;
}) {
  const { loaded, all, calling, muted } = useFitting();
  const { inhibited, silenced } = useQuietAlerts();
  const [filter] = useAlertFilter();
  const [most, setMost] = useState(shownAtOnce);
  const count = calling.length + muted.length;
  const item = (alert: Alert) => (
    <AlertItem
      key={alert.id}
      alert={alert}
      current={alert.id === current}
      search={search}
      silence={silenced.get(alert.id)}
      inhibited={inhibited.get(alert.id)}
      {...(picking
        ? { picked: picking.picked.has(alert.id), onPick: (on: boolean) => picking.pick(alert.id, on) }
        : {})}
    />
  );
  const mutedHead = muted.length > 0 && calling.length < most;
  const shown = [...calling, ...muted].slice(0, most).map(item);
  if (mutedHead) shown.splice(calling.length, 0, <MutedHead key="muted" count={muted.length} />);
  return (
    <>
      <ListPart
        title="Firing"
        count={loaded ? count : undefined}
        action={
          count > 1 && onPicking ? (
            <TextLink
              aria-pressed={picking !== null}
              className="no-underline hover:underline max-md:py-2"
              onClick={picking?.stop ?? onPicking}
            >
              {picking ? "Done picking" : "Pick several"}
            </TextLink>
          ) : null
        }
      >
        {shown}
      </ListPart>
      {loaded && count === 0 ? (
        <NothingFires others={isNarrowed(filter) ? all : 0} onWhole={onWhole} />
      ) : null}
      {count > most ? (
        <p className="flex items-center justify-between gap-3 px-4 py-2 text-muted-foreground text-xs">
          The worst {formatCount(most)} of {formatCount(count)}
          {mutedHead || muted.length === 0 ? "" : `, ${formatCount(muted.length)} of them muted`}
          <Button onClick={() => setMost(most + shownAtOnce)}>Show more</Button>
        </p>
      ) : null}
    </>
  );
}

function MutedHead({ count }: { count: number }) {
  return (
    <li className="px-4 pt-3.5 pb-1.25 font-medium text-2xs text-muted-foreground max-md:text-xs">
      <h3 className="flex items-center justify-between">
        Muted, nobody is told
        <span className="num">{formatCount(count)}</span>
      </h3>
    </li>
  );
}

function NothingFires({ others, onWhole }: { others: number; onWhole: () => void }) {
  return (
    <p className="flex items-center gap-2 px-4 pb-2 text-muted-foreground text-xs">
      <BellOff aria-hidden="true" className="size-3.5" />
      {others > 0 ? (
        <span>
          None of the {formatCount(others)} that fire fits. <TextLink onClick={onWhole}>Show all</TextLink>
        </span>
      ) : (
        "Nothing fires. All is as the rules want it."
      )}
    </p>
  );
}
