"use client";

import { BellOff } from "lucide-react";
import Link from "next/link";
import { useParams } from "next/navigation";
import type { ReactNode } from "react";
import type { Alert } from "@/contracts/watch/alert";
import { Awaited } from "../../people/awaited";
import { cn } from "../../primitives/class-names";
import { EmptyState } from "../../primitives/empty-state";
import { TextLink } from "../../primitives/text-link";
import { AlertItem } from "./alert-item";
import { useAlerts } from "./use-alerts";

/** Firing first, then what is over. Beside the story on wide screens; on a phone it gives way to an opened story. */
export function AlertList() {
  const { id } = useParams<{ id?: string }>();
  const { loaded, firing, resolved } = useAlerts();
  // Without an id in the address the worst one is shown beside the list.
  const current = id ?? firing[0]?.id;
  const nothing = loaded && firing.length === 0;
  return (
    <section
      aria-label="Alerts"
      className={cn(
        "min-h-0 shrink-0 overflow-y-auto pb-6 md:w-[372px] md:border-r max-md:flex-1",
        id && "max-md:hidden",
      )}
    >
      <Part title="Firing" count={loaded ? firing.length : undefined}>
        {firing.map((alert) => (
          <AlertItem key={alert.id} alert={alert} current={alert.id === current} />
        ))}
      </Part>
      {nothing ? (
        <p className="flex items-center gap-2 px-4 pb-2 text-muted-foreground text-xs">
          <BellOff aria-hidden="true" className="size-3.5" />
          Nothing fires. All agents that should beat do.
        </p>
      ) : null}
      <Awaited query={resolved} rows={3}>
        {({ items }) => (
          <>
            {items.length > 0 ? (
              <Part title="Resolved" count={items.length}>
                {items.map((alert: Alert) => (
                  <AlertItem key={alert.id} alert={alert} current={alert.id === current} />
                ))}
              </Part>
            ) : null}
            {nothing && items.length === 0 ? (
              <EmptyState title="No alert yet" className="py-8">
                The first one comes when a rule applies: see{" "}
                <TextLink asChild>
                  <Link href="/alerts/rules">the rules</Link>
                </TextLink>
                , and{" "}
                <TextLink asChild>
                  <Link href="/settings/channels">who is told</Link>
                </TextLink>
                .
              </EmptyState>
            ) : null}
          </>
        )}
      </Awaited>
    </section>
  );
}

function Part({ title, count, children }: { title: string; count: number | undefined; children: ReactNode }) {
  return (
    <>
      <h2 className="flex justify-between px-4 pt-3.5 pb-1.25 font-medium text-2xs text-muted-foreground max-md:text-xs">
        {title}
        <span className="num">{count ?? ""}</span>
      </h2>
      <ul>{children}</ul>
    </>
  );
}
