"use client";

import Link from "next/link";
import { useEffect } from "react";
import type { Notification } from "@/contracts/watch/notification";
import { trpc } from "../../api/trpc";
import { Awaited } from "../../people/awaited";
import { TextLink } from "../../primitives/text-link";
import { AttemptTable } from "../alerts/attempt-table";

const asWords = { firing: "fires", resolved: "is over", still: "still fires" } as const;

/** What a message told of, and every try with the service's own answer. */
export function DeliveryOpened({
  id,
  state,
  attempts,
}: { id: string } & Pick<Notification, "state" | "attempts">) {
  const cache = trpc.useUtils();
  const detail = trpc.notifications.get.useQuery({ id });
  const known = detail.data;
  const old = known !== undefined && (known.attempts !== attempts || known.state !== state);
  useEffect(() => {
    if (old) void cache.notifications.get.invalidate({ id });
  }, [old, cache, id]);
  return (
    <Awaited query={detail} rows={1}>
      {(message) => (
        <div className="grid gap-2 text-xs">
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {message.alerts.map((alert) => (
              <li key={alert.id}>
                <TextLink asChild>
                  <Link prefetch={false} href={`/alerts/${alert.id}`}>
                    {alert.title}
                  </Link>
                </TextLink>{" "}
                <span className="text-muted-foreground">{asWords[alert.as]}</span>
              </li>
            ))}
          </ul>
          <AttemptTable message={message} />
          {message.lastAnswer ? (
            <pre className="mono max-h-32 overflow-auto whitespace-pre-wrap break-words rounded-md bg-card px-2.5 py-1.5 text-muted-foreground">
              {message.lastAnswer}
            </pre>
          ) : null}
        </div>
      )}
    </Awaited>
  );
}
