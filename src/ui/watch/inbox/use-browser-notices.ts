"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { InboxMessage } from "@/contracts/watch/inbox";
import { useNoticeState } from "./browser-notices";
import { freshMessages } from "./fresh-messages";

const toldKey = "mission-control:inbox-told";
const lockName = "mission-control:inbox-notices";

/**
 * Shows new messages as notifications of the browser. All its tabs hear of a message; which one tells it is settled
 * under a lock that they share, and the tag makes the browser itself put two about one message into one place.
 */
export function useBrowserNotices(items: readonly InboxMessage[], loaded: boolean): void {
  const state = useNoticeState();
  const router = useRouter();
  const open = useRef((link: string) => router.push(link));
  useEffect(() => {
    open.current = (link) => router.push(link);
  });
  useEffect(() => {
    if (state !== "on" || !loaded) return;
    void locked(() => tellFresh(items, (link) => open.current(link)));
  }, [state, items, loaded]);
}

async function locked(act: () => void): Promise<void> {
  if (!navigator.locks) act();
  else await navigator.locks.request(lockName, act);
}

function tellFresh(items: readonly InboxMessage[], open: (link: string) => void): void {
  const kept = localStorage.getItem(toldKey);
  const { ids, more, told } = freshMessages(items, kept === null ? null : Number(kept));
  localStorage.setItem(toldKey, String(told));
  for (const id of ids) {
    const message = items.find((item) => item.id === id);
    if (message) show(message.title, message.body, `mission-control-${id}`, () => open(message.link));
  }
  if (more > 0)
    show(`${more} more messages`, "They are in the inbox.", `mission-control-more-${told}`, () =>
      open("/alerts"),
    );
}

function show(title: string, body: string, tag: string, click: () => void): void {
  try {
    const notice = new Notification(title, { body, tag, icon: "/icon.svg" });
    notice.onclick = () => {
      window.focus();
      notice.close();
      click();
    };
  } catch {
    // Phones only allow them to service workers; the bell says the same.
  }
}
