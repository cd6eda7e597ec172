"use client";

import { BellRing } from "lucide-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import type { InboxMessage } from "@/contracts/watch/inbox";
import { RelativeTime } from "../../format/time";
import { Awaited } from "../../people/awaited";
import { Button } from "../../primitives/button";
import { cn } from "../../primitives/class-names";
import { EmptyState } from "../../primitives/empty-state";
import { NextPage, type NextPageQuery } from "../../primitives/next-page";
import { TextLink } from "../../primitives/text-link";
import { StatusShape } from "../../status/shapes";
import { severityLook } from "../severity";
import { NoticeSetting } from "./notice-setting";
import { unreadWords } from "./unread-words";
import type { useInbox } from "./use-inbox";

/**
 * The messages; being looked at they are read, and stay marked as new until the panel closes. How far one has read is
 * one number, so nothing is read before all that is unread was on the screen, or one says so.
 */
export function InboxPanel({ inbox, onClose }: { inbox: ReturnType<typeof useInbox>; onClose: () => void }) {
  const { items, unread, loaded, error, refetch, readAll, older, forgetOlder } = inbox;
  const fresh = useFresh(items);
  const newest = items[0]?.id;
  const allShown = !older.hasNextPage || items.at(-1)?.read === true;
  useEffect(() => {
    if (unread > 0 && allShown && newest !== undefined) readAll(newest);
  }, [unread, allShown, newest, readAll]);
  useEffect(() => () => void forgetOlder(), [forgetOlder]);
  return (
    <>
      <h2 className="flex shrink-0 items-center justify-between border-b px-3.5 py-2.5 text-sm">
        Inbox
        <TextLink asChild className="font-normal text-xs">
          <Link href="/alerts" onClick={onClose}>
            All alerts
          </Link>
        </TextLink>
      </h2>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Awaited query={{ data: loaded ? items : undefined, error, refetch }} rows={3}>
          {(messages) =>
            messages.length === 0 ? (
              <EmptyState title="No message yet" icon={<BellRing />} className="py-8">
                What an inbox channel is told shows up here, on every screen at once.
              </EmptyState>
            ) : (
              <>
                <ul>
                  {messages.map((message) => (
                    <InboxItem
                      key={message.id}
                      message={message}
                      fresh={fresh.has(message.id)}
                      onOpen={onClose}
                    />
                  ))}
                </ul>
                <InboxFoot
                  unshown={allShown ? 0 : unread - messages.filter(({ read }) => !read).length}
                  older={older}
                  onReadAll={() => newest !== undefined && readAll(newest)}
                />
              </>
            )
          }
        </Awaited>
      </div>
      <div className="shrink-0 border-t bg-muted/55 px-3.5 py-2.5 text-muted-foreground text-xs">
        <NoticeSetting />
      </div>
    </>
  );
}

/** Ids of what was unread when it came into sight: it stays new for the eye although it counts as read then. */
function useFresh(items: readonly InboxMessage[]): ReadonlySet<number> {
  const [fresh, setFresh] = useState<ReadonlySet<number>>(new Set());
  const more = items.filter(({ id, read }) => !read && !fresh.has(id));
  if (more.length > 0) setFresh(new Set([...fresh, ...more.map(({ id }) => id)]));
  return fresh;
}

/** Under the messages: how many unread ones are not in sight yet, the way to them, and the way past them. */
function InboxFoot({
  unshown,
  older,
  onReadAll,
}: {
  unshown: number;
  older: NextPageQuery;
  onReadAll: () => void;
}) {
  if (!older.hasNextPage) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 border-t px-3.5 py-2 text-xs">
      <NextPage query={older} words="Older" />
      {unshown > 0 ? (
        <>
          <span className="num ml-auto text-muted-foreground">
            {unreadWords(unshown)} more {unshown === 1 ? "is" : "are"} unread
          </span>
          <Button variant="ghost" className="-mr-2.5" onClick={onReadAll}>
            Mark all as read
          </Button>
        </>
      ) : null}
    </div>
  );
}

function InboxItem({
  message,
  fresh,
  onOpen,
}: {
  message: InboxMessage;
  fresh: boolean;
  onOpen: () => void;
}) {
  const over = message.event === "resolved";
  return (
    <li
      data-slot="inbox-message"
      className={cn(
        "relative flex gap-2.5 border-border/62 border-b px-3.5 py-2.5 last:border-b-0 hover:bg-accent",
        fresh && "bg-hand/7",
      )}
    >
      <span data-tone={over ? "online" : severityLook(message.severity).tone} className="shrink-0 pt-[3px]">
        <StatusShape shape={over ? "idle" : "offline"} size="sm" className="text-tone" />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <Link
            prefetch={false}
            href={message.link}
            onClick={onOpen}
            className="min-w-0 flex-1 break-words font-strong text-sm after:absolute after:inset-0 focus-visible:outline-offset-[-2px]"
          >
            {message.title}
          </Link>
          <RelativeTime at={message.at} className="shrink-0 text-muted-foreground text-xs" />
        </div>
        <p className="line-clamp-3 whitespace-pre-line break-words text-muted-foreground text-xs">
          {message.body}
        </p>
      </div>
      {fresh ? <span className="sr-only">new</span> : null}
    </li>
  );
}
