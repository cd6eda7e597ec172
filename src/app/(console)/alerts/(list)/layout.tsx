import type { ReactNode } from "react";
import { AlertList } from "@/ui/watch/alerts/alert-list";
import { FittingAlertsProvider } from "@/ui/watch/alerts/fitting-alerts";
import { QuietAlertsProvider } from "@/ui/watch/alerts/quiet-alerts";
import { ShownAlertProvider } from "@/ui/watch/alerts/shown-alert";

/** The list stays while one opens alert after alert beside it. */
export default function AlertListLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-0 flex-1">
      <h1 className="sr-only">Alerts</h1>
      <QuietAlertsProvider>
        <FittingAlertsProvider>
          <ShownAlertProvider>
            <AlertList />
            {children}
          </ShownAlertProvider>
        </FittingAlertsProvider>
      </QuietAlertsProvider>
    </div>
  );
}
