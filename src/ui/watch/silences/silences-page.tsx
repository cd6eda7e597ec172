"use client";

import { BellOff, CalendarClock } from "lucide-react";
import { useState } from "react";
import type { Silence } from "@/contracts/watch/silence";
import { Awaited } from "../../people/awaited";
import { ListFrame, Section } from "../../people/section";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { EmptyState } from "../../primitives/empty-state";
import { NextPage, type NextPageQuery } from "../../primitives/next-page";
import { useActOffBecause } from "../alerts/use-act";
import { SilenceDialog } from "./silence-dialog";
import { SilenceItem } from "./silence-item";
import { emptyMaintenance, emptySilence, type SilenceStart } from "./silence-start";
import { useEndedSilences, useSilences } from "./use-silences";

const parts = [
  ["active", "Active"],
  ["upcoming", "Upcoming"],
] as const;

/** Everything that keeps alerts quiet: who made it, why, and how long it still does. */
export function SilencesPage() {
  const open = useSilences();
  const ended = useEndedSilences();
  const endedItems = ended.data?.pages.flatMap(({ items }) => items);
  const silences = {
    data: open.data && endedItems ? { items: open.data.items, over: endedItems } : undefined,
    error: open.error ?? ended.error,
    refetch: () => Promise.all([open.refetch(), ended.refetch()]),
  };
  const offBecause = useActOffBecause();
  const off = offBecause ? { offBecause } : {};
  const [start, setStart] = useState<SilenceStart>(emptySilence);
  const [making, setMaking] = useState(false);
  const begin = (with_: SilenceStart) => {
    setStart(with_);
    setMaking(true);
  };
  return (
    <Section
      title="Silences and maintenance"
      lead="What fits is not told. It still fires, and its story says by whom it is quiet."
      action={
        <span className="flex flex-wrap gap-2 max-md:w-full">
          <ButtonWithReason
            className="max-md:flex-1"
            onClick={() => begin(emptyMaintenance(Date.now()))}
            {...off}
          >
            <CalendarClock aria-hidden="true" />
            Plan maintenance
          </ButtonWithReason>
          <ButtonWithReason
            variant="primary"
            className="max-md:flex-1"
            onClick={() => begin(emptySilence)}
            {...off}
          >
            <BellOff aria-hidden="true" className="text-inherit" />
            Silence alerts
          </ButtonWithReason>
        </span>
      }
    >
      <Awaited query={silences} rows={3}>
        {({ items, over }) =>
          items.length === 0 && over.length === 0 ? (
            <ListFrame label="Silences">
              <EmptyState title="Nothing is silenced" icon={<BellOff />}>
                Silence what is known, or plan work so that nobody is called for it. The quickest way is the
                alert itself: it fills in what fits.
              </EmptyState>
            </ListFrame>
          ) : (
            <>
              {parts.map(([state, title]) => (
                <Part
                  key={state}
                  title={title}
                  silences={items.filter((silence) => silence.state === state)}
                  onAgain={begin}
                />
              ))}
              <Part title="Ended" silences={over} onAgain={begin} older={ended} />
            </>
          )
        }
      </Awaited>
      <SilenceDialog open={making} onOpenChange={setMaking} start={start} />
    </Section>
  );
}

function Part({
  title,
  silences,
  onAgain,
  older,
}: {
  title: string;
  silences: readonly Silence[];
  onAgain: (start: SilenceStart) => void;
  /** Of a part that comes in pages. */
  older?: NextPageQuery;
}) {
  if (silences.length === 0) return null;
  return (
    <section className="mb-6">
      <h2 className="mb-1.5 flex gap-2 font-medium text-muted-foreground text-xs max-md:px-4">
        {title}{" "}
        <span className="num">
          {silences.length}
          {older?.hasNextPage ? "+" : ""}
        </span>
      </h2>
      <ListFrame label={title}>
        <ul>
          {silences.map((silence) => (
            <SilenceItem key={silence.id} silence={silence} onAgain={onAgain} />
          ))}
        </ul>
        {older?.hasNextPage ? (
          <div className="border-t px-4 py-2">
            <NextPage query={older} words="Older" />
          </div>
        ) : null}
      </ListFrame>
    </section>
  );
}
