"use client";

import { Check } from "lucide-react";
import type { Alert } from "@/contracts/watch/alert";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { useAcknowledge } from "./use-acknowledge";

export function AcknowledgeButton({ alert, className }: { alert: Alert; className?: string }) {
  const { offBecause, busy, acknowledge } = useAcknowledge(alert);
  return (
    <ButtonWithReason
      variant="primary"
      busy={busy}
      onClick={acknowledge}
      {...(offBecause ? { offBecause } : {})}
      {...(className ? { className } : {})}
    >
      <Check aria-hidden="true" className="text-inherit" />
      Acknowledge
    </ButtonWithReason>
  );
}
