"use client";

import { PencilLine } from "lucide-react";
import { shortClockTime } from "../../format/exact-time";
import { Alert } from "../../primitives/alert";
import { Button } from "../../primitives/button";
import type { DraftKeeping } from "./use-kept-draft";

/** What was typed here and not sent: to go on with, or to be done with. */
export function DraftOffer<Typed>({
  keeping: { offer, dirty, take, refuse },
  onUse,
  className,
}: {
  keeping: DraftKeeping<Typed>;
  onUse: (typed: Typed) => void;
  className?: string;
}) {
  if (!offer) return null;
  const useIt = () => {
    take();
    onUse(offer.typed);
  };
  return (
    <Alert
      tone="hand"
      icon={<PencilLine aria-hidden="true" />}
      data-testid="draft-offer"
      actions={
        <>
          <Button onClick={useIt}>Use it</Button>
          <Button variant="ghost" onClick={refuse}>
            Throw it away
          </Button>
        </>
      }
      {...(className ? { className } : {})}
    >
      <b>Your unsent draft of {shortClockTime(offer.at)} is here.</b>{" "}
      {dirty ? "Use it, and what you type now waits here instead." : "It was kept when you left the page."}
    </Alert>
  );
}
