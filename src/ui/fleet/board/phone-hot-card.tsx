"use client";

import { BellRing } from "lucide-react";
import Link from "next/link";
import { ExactTime, RelativeTime } from "../../format/time";
import { asksForSomebody, takenBy } from "../../live/asks";
import { useAgent, useAlertOn } from "../../live/hooks";
import { cn } from "../../primitives/class-names";
import { StatusShape } from "../../status/shapes";
import { AcknowledgeButton } from "./acknowledge-button";
import { NowCell } from "./now-cell";

/** The worst of all, with what can be done about it at thumb height. */
export function PhoneHotCard({ id }: { id: string }) {
  const agent = useAgent(id);
  const alert = useAlertOn(id);
  const asks = alert !== undefined && asksForSomebody(alert);
  if (!agent) return null;
  return (
    <article
      data-tone="offline"
      data-agent={agent.name}
      className="mx-3 rounded-xl border border-tone/35 bg-tone/5 p-3"
    >
      <div className="flex items-start gap-3">
        <StatusShape shape="offline" className="mt-1 size-4 text-tone" />
        <div className="min-w-0 flex-1">
          <div className="flex items-baseline gap-2">
            <Link prefetch={false} href={`/agents/${id}`} className="cut flex-1 font-strong text-[15px]">
              {agent.name}
            </Link>
            <span className="shrink-0 font-strong text-tone text-xs">
              Offline · <RelativeTime at={agent.lastBeatAt} />
            </span>
          </div>
          <div className="num mt-px text-muted-foreground text-sm leading-[19px]">
            <NowCell id={id} />
          </div>
          <div className="mt-1 flex items-center gap-1.5 text-muted-foreground text-xs">
            {alert ? (
              <>
                <BellRing aria-hidden="true" className={cn("size-3.5", asks && "text-tone")} />
                <span className="num cut flex-1">
                  Firing since <ExactTime at={alert.firedAt} />
                  {asks ? "" : `, ${takenBy(alert)}`}
                </span>
              </>
            ) : (
              <span className="flex-1" />
            )}
            <span className="mono">{agent.host}</span>
          </div>
        </div>
      </div>
      {alert && asks ? (
        <AcknowledgeButton alertId={alert.id} agentName={agent.name} className="mt-3 w-full" />
      ) : null}
    </article>
  );
}
