"use client";

import { Bell } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { countOf } from "../../format/quantity";
import { Button } from "../../primitives/button";
import { Popover, PopoverContent, PopoverTrigger } from "../../primitives/popover";
import { InboxPanel } from "./inbox-panel";
import { unreadWords } from "./unread-words";
import { useBrowserNotices } from "./use-browser-notices";
import { useInbox } from "./use-inbox";

/** The bell in the header: how many messages are unread, and the panel with them. */
export function InboxBell() {
  const [open, setOpen] = useState(false);
  const inbox = useInbox();
  const { items, unread, loaded } = inbox;
  useBrowserNotices(items, loaded);
  const news = useInboxNews(items[0]?.id, items[0]?.title, unread);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          variant="ghost"
          size="icon"
          className="relative max-md:-mr-2"
          aria-label={unread > 0 ? `Inbox, ${unread} unread` : "Inbox"}
        >
          <Bell aria-hidden="true" className="size-[15px] max-md:size-4" />
          {unread > 0 ? (
            <span
              data-slot="unread"
              className="num absolute -top-1 -right-1.5 grid h-4 min-w-4 place-items-center rounded-full bg-destructive-solid px-1 font-semibold text-[10px] text-destructive-foreground leading-none max-md:top-1 max-md:right-0.5"
            >
              {unreadWords(unread)}
            </span>
          ) : null}
        </Button>
      </PopoverTrigger>
      <span className="sr-only" aria-live="polite">
        {news}
      </span>
      <PopoverContent
        align="end"
        aria-label="Inbox"
        className="flex max-h-[min(560px,80dvh)] w-[min(400px,calc(100vw-24px))] flex-col overflow-hidden p-0"
      >
        <InboxPanel inbox={inbox} onClose={() => setOpen(false)} />
        <p className="sr-only">{countOf(unread, "unread message")}</p>
      </PopoverContent>
    </Popover>
  );
}

/** Said to screen readers once for each message that comes while the page is open. */
function useInboxNews(id: number | undefined, title: string | undefined, unread: number): string {
  const known = useRef<number | null>(null);
  const [news, setNews] = useState("");
  useEffect(() => {
    if (id === undefined) return;
    const before = known.current;
    known.current = id;
    if (before !== null && id > before && unread > 0) setNews(`New message: ${title ?? ""}`);
  }, [id, title, unread]);
  return news;
}
