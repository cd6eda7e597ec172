"use client";

import { BellOff } from "lucide-react";
import Link from "next/link";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";
import { healthBanner } from "./health-words";
import { useWatchHealth } from "./use-watch-health";

/** For admins: watching or telling itself has trouble. What it is, what it means, what to do. */
export function WatchBanner() {
  const health = useWatchHealth();
  const banner = health ? healthBanner(health) : null;
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
