"use client";

import { BellOff } from "lucide-react";
import Link from "next/link";
import { useSession } from "../../api/session";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";
import { healthBanner } from "./health-words";
import { useWatchHealth } from "./use-watch-health";

/**
 * For whoever acts on alerts: watching or telling itself has trouble. What it is, what it means, what to do. A viewer
 * can do nothing about it and has the pulse of the alerts pages.
 */
export function WatchBanner() {
  const { can } = useSession();
  const health = useWatchHealth(can("alerts:operate"));
  const banner = health ? healthBanner(health, can("channels:manage")) : null;
  if (!banner) return null;
  return (
    <Alert
      tone="stuck"
      shape="banner"
      icon={<BellOff aria-hidden="true" />}
      {...(banner.link
        ? {
            actions: (
              <Button asChild>
                <Link href={banner.link.href}>{banner.link.words}</Link>
              </Button>
            ),
          }
        : {})}
    >
      <b>{banner.what}</b> <span className="max-md:hidden">{banner.means}</span>
    </Alert>
  );
}
