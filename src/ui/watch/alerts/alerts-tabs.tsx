"use client";

import { useFiringAlerts } from "../../live/hooks";
import { Badge } from "../../primitives/badge";
import { PageTabs } from "../../shell/page-tabs";
import { ShellPage } from "../../shell/shell-page";
import { WatchPulse } from "../health/watch-pulse";

export function AlertsTabs() {
  const firing = useFiringAlerts().length;
  return (
    <>
      <ShellPage title="Alerts" />
      <PageTabs
        label="Alerts"
        tabs={[
          {
            href: "/alerts",
            name: "Alerts",
            badge: firing ? (
              <Badge variant="count" tone="offline" aria-label={`${firing} firing`}>
                {firing}
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
