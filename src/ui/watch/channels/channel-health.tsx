"use client";

import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { Channel } from "@/contracts/watch/channel";
import { trpc } from "../../api/trpc";
import { countOf } from "../../format/quantity";
import { useNow } from "../../format/ticker";
import { RelativeTime } from "../../format/time";
import { useWhyNot } from "../../people/me";
import { tellFailure } from "../../people/tell";
import { Alert } from "../../primitives/alert";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { TextLink } from "../../primitives/text-link";
import { toast } from "../../primitives/toast";
import { deliveryFilterAddress } from "../deliveries/delivery-filter";
import { givenUpWords, undeliveredWords } from "../words/undelivered-words";

/** When it was told last, how that went, and whether the breaker holds it: then what waits, and what to do. */
export function ChannelHealth({ channel }: { channel: Channel }) {
  const nowMs = useNow();
  const because = useWhyNot("channels:manage");
  const cache = trpc.useUtils();
  const retry = trpc.channels.retry.useMutation({
    onSuccess: async ({ again }) => {
      toast.done({ title: `${countOf(again, "message")} to ${channel.name} tried again` });
      await Promise.all([cache.channels.list.invalidate(), cache.notifications.invalidate()]);
    },
    onError: tellFailure(`Nothing was sent to ${channel.name} again`),
  });
  const broken = channel.brokenUntil !== null && Date.parse(channel.brokenUntil) > nowMs;
  return (
    <>
      <p className="mt-1 text-muted-foreground text-xs">
        {channel.lastDeliveredAt ? (
          <>
            Last told <RelativeTime at={channel.lastDeliveredAt} suffix="ago" />
          </>
        ) : (
          "Not told anything yet"
        )}
        {channel.perMinute ? ` · at most ${channel.perMinute} a minute` : ""}
        {channel.template ? " · in your own words" : ""}
        {channel.lastFailure && !broken ? (
          <span data-tone="offline">
            {" · "}
            <span className="text-tone">last trouble: {channel.lastFailure}</span>
          </span>
        ) : null}
        {" · "}
        <TextLink asChild>
          <Link prefetch={false} href={`/alerts/deliveries?channel=${channel.id}`}>
            its messages
          </Link>
        </TextLink>
      </p>
      {!broken && channel.givenUp > 0 ? (
        <p data-tone="stuck" className="mt-1 text-xs">
          <span className="text-tone">{givenUpWords(channel.givenUp)} in the last 7 days</span>
          {" · "}
          <SendAgain channelId={channel.id} />
        </p>
      ) : null}
      {broken ? (
        <Alert
          tone="offline"
          className="mt-2"
          icon={<TriangleAlert aria-hidden="true" />}
          actions={
            <ButtonWithReason
              busy={retry.isPending}
              onClick={() => retry.mutate({ id: channel.id })}
              {...(because ? { offBecause: because } : {})}
            >
              Try all again
            </ButtonWithReason>
          }
        >
          <b>It failed {countOf(channel.failuresInRow, "time")} in a row</b>, so it is left alone for{" "}
          <RelativeTime at={channel.brokenUntil} />. {undeliveredWords(channel)}
          {channel.lastFailure ? ` Last answer: ${channel.lastFailure.replace(/[.\s]+$/u, "")}.` : ""} Send a
          test once it is mended.
          {channel.givenUp > 0 ? (
            <>
              {" "}
              Given up: <SendAgain channelId={channel.id} />.
            </>
          ) : null}
        </Alert>
      ) : null}
    </>
  );
}

/** To what the channel never took, in the delivery log: there one picks what is still worth telling. */
function SendAgain({ channelId }: { channelId: string }) {
  return (
    <TextLink asChild>
      <Link
        prefetch={false}
        href={`/alerts/deliveries${deliveryFilterAddress({ state: "dead", channelId })}`}
      >
        send again
      </Link>
    </TextLink>
  );
}
