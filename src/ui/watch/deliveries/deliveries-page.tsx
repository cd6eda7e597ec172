"use client";

import { Send } from "lucide-react";
import Link from "next/link";
import { useEffect } from "react";
import type { Notification } from "@/contracts/watch/notification";
import { useCalmly } from "../../api/calmly";
import { trpc } from "../../api/trpc";
import { ExactTime } from "../../format/time";
import { useFiringAlerts } from "../../live/hooks";
import { Awaited } from "../../people/awaited";
import { ListFrame, Section } from "../../people/section";
import { Button } from "../../primitives/button";
import { EmptyState } from "../../primitives/empty-state";
import {
  Table,
  TableActionCell,
  TableActionHead,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../primitives/table";
import { answerWords } from "../answer-words";
import { SendAgain } from "../send-again";
import { DeliveryState } from "./delivery-state";

const pageSize = 50;
/** While something waits, its next try is looked for this often; each page that is shown is one more request. */
const lookEveryMs = 2_000;

/** Every message that went out, or did not: the outbox as it is. */
export function DeliveriesPage() {
  const firing = useFiringAlerts();
  const cache = trpc.useUtils();
  const deliveries = trpc.notifications.list.useInfiniteQuery(
    { limit: pageSize },
    {
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: ({ state }) =>
        state.data?.pages.some(({ items }) => items.some((item) => item.state === "pending"))
          ? lookEveryMs * state.data.pages.length
          : false,
    },
  );
  const key = firing.map(({ id }) => id).join();
  const readAgain = useCalmly(() => void cache.notifications.list.invalidate());
  useEffect(() => {
    if (key !== undefined) readAgain();
  }, [key, readAgain]);
  const items = deliveries.data?.pages.flatMap((page) => page.items);
  return (
    <Section
      title="Delivery log"
      lead="Every message with the answer of the service. What fails is tried again, and goes out once."
    >
      <ListFrame label="Deliveries">
        <Awaited query={{ data: items, error: deliveries.error, refetch: deliveries.refetch }} rows={6}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState title="Nothing was sent yet" icon={<Send />}>
                Messages show up here as soon as an alert fires and a{" "}
                <Link href="/settings/channels" className="underline underline-offset-3">
                  channel
                </Link>{" "}
                is switched on.
              </EmptyState>
            ) : (
              <DeliveryTable rows={rows} />
            )
          }
        </Awaited>
      </ListFrame>
      {deliveries.hasNextPage ? (
        <div className="mt-3 flex justify-center">
          <Button busy={deliveries.isFetchingNextPage} onClick={() => deliveries.fetchNextPage()}>
            Older
          </Button>
        </div>
      ) : null}
    </Section>
  );
}

function DeliveryTable({ rows }: { rows: readonly Notification[] }) {
  return (
    <Table>
      <colgroup>
        <col className="w-24 max-md:w-[84px]" />
        <col />
        <col className="w-36 max-md:hidden" />
        <col className="w-36" />
        <col className="w-44 max-md:hidden" />
        <col className="w-14 max-md:hidden" />
        <col className="w-36 max-md:hidden" />
      </colgroup>
      <TableHeader>
        <tr>
          <TableHead>Time</TableHead>
          <TableHead>About</TableHead>
          <TableHead className="max-md:hidden">To</TableHead>
          <TableHead>State</TableHead>
          <TableHead className="max-md:hidden">Last answer</TableHead>
          <TableHead numeric className="max-md:hidden">
            Tries
          </TableHead>
          <TableActionHead className="max-md:hidden" />
        </tr>
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableCell className="num text-muted-foreground text-xs">
              <ExactTime at={row.createdAt} />
            </TableCell>
            <TableCell className="max-md:h-14">
              <Link prefetch={false} href={`/alerts/${row.alertId}`} className="font-strong hover:underline">
                {row.agentName}
              </Link>{" "}
              <span className="text-muted-foreground">{row.event}</span>
              <span className="block text-muted-foreground text-xs md:hidden">{row.channelName}</span>
            </TableCell>
            <TableCell className="max-md:hidden">{row.channelName}</TableCell>
            <TableCell className="max-md:py-2">
              <DeliveryState delivery={row} />
              {row.state === "dead" ? <SendAgain delivery={row} className="mt-1.5 flex md:hidden" /> : null}
            </TableCell>
            <TableCell className="text-muted-foreground max-md:hidden" title={row.lastAnswer ?? undefined}>
              {row.attempts > 0 ? answerWords(row.lastStatus ?? 0, row.lastAnswer) : "–"}
            </TableCell>
            <TableCell numeric className="max-md:hidden">
              {row.attempts}
            </TableCell>
            <TableActionCell className="max-md:hidden">
              {row.state === "dead" ? <SendAgain delivery={row} /> : null}
            </TableActionCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
