"use client";

import { Check } from "lucide-react";
import { refusalOf } from "../../api/refusal";
import { useRoleOffBecause } from "../../api/session";
import { trpc } from "../../api/trpc";
import { useOffBecause } from "../../live/hooks";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { toast } from "../../primitives/toast";

/** "I have it": everyone sees who; the alert stays until the trouble is over. */
export function AcknowledgeButton({
  alertId,
  agentName,
  className,
}: {
  alertId: string;
  agentName: string;
  className?: string;
}) {
  const offBecause = useOffBecause();
  const role = useRoleOffBecause();
  const acknowledge = trpc.alerts.acknowledge.useMutation({
    onError: (error) =>
      toast.failed({ title: `${agentName} was not acknowledged.`, detail: refusalOf(error).message }),
  });
  const off = offBecause ?? role;
  return (
    <ButtonWithReason
      variant="primary"
      size="touch"
      busy={acknowledge.isPending}
      onClick={() => acknowledge.mutate({ id: alertId })}
      className={className}
      {...(off ? { offBecause: off } : {})}
    >
      <Check aria-hidden="true" />
      Acknowledge
    </ButtonWithReason>
  );
}
