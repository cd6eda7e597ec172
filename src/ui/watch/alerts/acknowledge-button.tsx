"use client";

import { Check } from "lucide-react";
import type { Alert } from "@/contracts/watch/alert";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { useAct, useActOffBecause } from "./use-act";

/** "I have it", at once: the note can follow as a comment. */
export function AcknowledgeButton({ alert, className }: { alert: Alert; className?: string }) {
  const offBecause = useActOffBecause();
  const { acknowledge, busy } = useAct(alert);
  return (
    <ButtonWithReason
      variant="primary"
      busy={busy.acknowledge}
      onClick={() => acknowledge()}
      {...(offBecause ? { offBecause } : {})}
      {...(className ? { className } : {})}
    >
      <Check aria-hidden="true" className="text-inherit" />
      Acknowledge
    </ButtonWithReason>
  );
}
