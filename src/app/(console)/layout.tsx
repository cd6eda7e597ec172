import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { preload } from "react-dom";
import type { Runtime } from "@/domain/runtime";
import { getRuntime } from "@/platform/runtime";
import { takeGlance } from "@/ui/fleet/board/take-glance";
import { ConsoleFrame } from "@/ui/fleet/console/console-frame";
import { boardPath } from "@/ui/live/fetch-board";
import { WatchBanner } from "@/ui/watch/health/watch-banner";
import { InboxBell } from "@/ui/watch/inbox/inbox-bell";

/**
 * The frame of every signed-in page. Reading the cookies makes these pages of a request: a cached one would be
 * somebody else's. Counts and first rows come with the page, from memory; the board's snapshot is asked for by its
 * head, before any script runs.
 */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  await cookies();
  preload(boardPath, { as: "fetch", crossOrigin: "anonymous" });
  const { visits, feed } = getRuntime<Runtime>();
  const visit = visits.now;
  const glance = visit && takeGlance(feed.look(visit.account), visit.address);
  return (
    <ConsoleFrame glance={glance} inbox={<InboxBell />} banner={<WatchBanner />}>
      {children}
    </ConsoleFrame>
  );
}
