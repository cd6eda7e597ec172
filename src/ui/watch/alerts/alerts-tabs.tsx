"use client";

import { useCallingAlerts, useFiringAlerts } from "../../live/hooks";
import { Badge } from "../../primitives/badge";
import { PageTabs } from "../../shell/page-tabs";
import { alertsBadge } from "../../shell/places";
import { ShellPage } from "../../shell/shell-page";
import { WatchPulse } from "../health/watch-pulse";

export function AlertsTabs() {
  const firing = useFiringAlerts().length;
  const calling = useCallingAlerts().length;
  const badge = alertsBadge(calling, firing - calling);
  return (
    <>
      <ShellPage title="Alerts" />
      <PageTabs
        label="Alerts"
        tabs={[
          {
            href: "/alerts",
            name: "Alerts",
            badge: badge ? (
              <Badge variant="count" tone={badge.tone} aria-label={`${badge.count} ${badge.words}`}>
                {badge.count}
              </Badge>
            ) : null,
          },
          { href: "/alerts/rules", name: "Rules" },
          { href: "/alerts/routes", name: "Routes" },
          { href: "/alerts/silences", name: "Silences" },
          { href: "/alerts/deliveries", name: "Deliveries" },
          { href: "/alerts/health", name: "Health" },
        ]}
        end={<WatchPulse />}
      />
    </>
  );
}
