"use client";

import { Send } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useMemo, useState } from "react";
import { Awaited } from "../../people/awaited";
import { ListFrame, Section } from "../../people/section";
import { Button } from "../../primitives/button";
import { EmptyState } from "../../primitives/empty-state";
import { NextPage } from "../../primitives/next-page";
import { useChannels } from "../rules/use-names";
import { DeliveriesBar } from "./deliveries-bar";
import { type DeliveryFilter, deliveryFilterAddress, deliveryFilterFrom } from "./delivery-filter";
import { DeliveryTable } from "./delivery-table";
import { DeliveryTools } from "./delivery-tools";
import { useDeliveries } from "./use-deliveries";

/** Every message that went out, or did not: the outbox as it is. */
export function DeliveriesPage() {
  const params = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const filter = useMemo(() => deliveryFilterFrom(params), [params]);
  const deliveries = useDeliveries(filter);
  const { channels } = useChannels();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<string | null>(null);
  const change = (next: DeliveryFilter) => {
    setPicked(new Set());
    router.replace(`${path}${deliveryFilterAddress(next)}`, { scroll: false });
  };
  const items = deliveries.data?.pages.flatMap((page) => page.items);
  const chosen = (items ?? []).filter(({ id, state }) => picked.has(id) && state === "dead");
  const narrowed = filter.state !== null || filter.channelId !== null;
  return (
    <Section
      title="Delivery log"
      lead="Every message with the answer of the service. What fails is tried again, and goes out once."
      className="[&>section]:max-w-[1200px]"
    >
      <DeliveryTools filter={filter} channels={channels} onChange={change} />
      <ListFrame label="Deliveries">
        <Awaited query={{ data: items, error: deliveries.error, refetch: deliveries.refetch }} rows={6}>
          {(rows) =>
            rows.length > 0 ? (
              <DeliveryTable
                rows={rows}
                picked={picked}
                onPick={setPicked}
                opened={opened}
                onOpen={(id) => setOpened(id === opened ? null : id)}
              />
            ) : narrowed ? (
              <EmptyState
                title="No message fits"
                actions={<Button onClick={() => change({ state: null, channelId: null })}>Show all</Button>}
              />
            ) : (
              <EmptyState title="Nothing was sent yet" icon={<Send />}>
                Messages show up here as soon as an alert fires and a{" "}
                <Link href="/settings/channels" className="underline underline-offset-3">
                  channel
                </Link>{" "}
                is switched on.
              </EmptyState>
            )
          }
        </Awaited>
      </ListFrame>
      <NextPage query={deliveries} words="Older" className="mx-auto mt-3 flex w-fit" />
      {chosen.length > 0 ? <DeliveriesBar deliveries={chosen} onDone={() => setPicked(new Set())} /> : null}
    </Section>
  );
}
