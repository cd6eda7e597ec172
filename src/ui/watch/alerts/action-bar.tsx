"use client";

import { BellOff, Check, SquareArrowOutUpRight, Undo2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { Alert } from "@/contracts/watch/alert";
import { useMe } from "../../people/me";
import { Button } from "../../primitives/button";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { cn } from "../../primitives/class-names";
import { AcknowledgeDialog } from "./acknowledge-dialog";
import { AssignMenu } from "./assign-menu";
import { SnoozeMenu } from "./snooze-menu";
import { useAct, useActOffBecause } from "./use-act";

/** What a person can do with an alert that fires. On a phone in the place of the tab bar, in two rows. */
export function ActionBar({
  alert,
  place,
  onSilence,
}: {
  alert: Alert;
  place: "desk" | "phone";
  /** Opens the window, which stays open when the alert ends meanwhile. */
  onSilence: () => void;
}) {
  const offBecause = useActOffBecause();
  const off = offBecause ? { offBecause } : {};
  const me = useMe();
  const { unacknowledge, busy } = useAct(alert);
  const [noting, setNoting] = useState(false);
  const owner = alert.acknowledgedBy;
  const mine = owner !== null && owner === me?.name;
  const wide = place === "phone" ? "flex-1 px-2.5" : "";
  return (
    <div
      role="toolbar"
      aria-label={`Actions on the alert about ${alert.subject.name}`}
      className={cn("flex flex-wrap gap-1.5", place === "phone" && "gap-2")}
    >
      {mine ? (
        <ButtonWithReason busy={busy.acknowledge} className={wide} onClick={unacknowledge} {...off}>
          <Undo2 aria-hidden="true" />
          Give it back
        </ButtonWithReason>
      ) : (
        <ButtonWithReason
          variant={owner ? "outline" : "primary"}
          className={wide}
          onClick={() => setNoting(true)}
          {...(place === "desk" ? { "aria-keyshortcuts": "a" } : {})}
          {...off}
        >
          <Check aria-hidden="true" className={owner ? "" : "text-inherit"} />
          {owner ? "Take over" : "Acknowledge"}
        </ButtonWithReason>
      )}
      <SnoozeMenu alert={alert} className={wide} />
      {place === "phone" ? <span className="basis-full" /> : null}
      <AssignMenu alert={alert} className={wide} />
      <ButtonWithReason className={wide} onClick={onSilence} {...off}>
        <BellOff aria-hidden="true" />
        Silence…
      </ButtonWithReason>
      {alert.agentId && place === "desk" ? (
        <Button asChild variant="ghost">
          <Link prefetch={false} href={`/agents/${alert.agentId}`}>
            <SquareArrowOutUpRight aria-hidden="true" />
            Open the agent
          </Link>
        </Button>
      ) : null}
      <AcknowledgeDialog alert={alert} open={noting} onOpenChange={setNoting} />
    </div>
  );
}
