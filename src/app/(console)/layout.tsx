import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { preload } from "react-dom";
import { ConsoleFrame } from "@/ui/fleet/console/console-frame";
import { boardPath } from "@/ui/live/fetch-board";

/**
 * The frame of every signed-in page. Reading the cookies makes these pages of a request: a cached one would be
 * somebody else's. The board's snapshot is asked for by the head of the page, before any script runs.
 */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  await cookies();
  preload(boardPath, { as: "fetch", crossOrigin: "anonymous" });
  return <ConsoleFrame>{children}</ConsoleFrame>;
}
