"use client";

import { RotateCw } from "lucide-react";
import { useState } from "react";
import type { Notification } from "@/contracts/watch/notification";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { countOf } from "../../format/quantity";
import { useOffBecause } from "../../live/hooks";
import { useWhyNot } from "../../people/me";
import { Button } from "../../primitives/button";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { toast } from "../../primitives/toast";

/** Puts several messages that were given up back into the outbox; one that is refused stops no other. */
export function DeliveriesBar({
  deliveries,
  onDone,
}: {
  deliveries: readonly Notification[];
  onDone: () => void;
}) {
  const cache = trpc.useUtils();
  const notNow = useOffBecause();
  const notMine = useWhyNot("channels:manage");
  const offBecause = notMine ?? notNow;
  const retry = trpc.notifications.retry.useMutation();
  const [busy, setBusy] = useState(false);
  const sendAgain = async () => {
    setBusy(true);
    const ends = await Promise.allSettled(deliveries.map(({ id }) => retry.mutateAsync({ id })));
    setBusy(false);
    const refused = ends.flatMap((end) => (end.status === "rejected" ? [refusalOf(end.reason).message] : []));
    const again = countOf(ends.length - refused.length, "message");
    if (refused.length === 0) toast.done({ title: `${again} tried again` });
    else toast.failed({ title: `${again} tried again, ${refused.length} not.`, detail: refused[0] ?? "" });
    onDone();
    await cache.notifications.invalidate();
  };
  return (
    <div
      role="toolbar"
      aria-label="With the picked messages"
      className="sticky bottom-4 mx-auto mt-3 flex w-fit items-center gap-2 rounded-lg border border-border-strong bg-popover px-3 py-2 shadow-pop"
    >
      <span className="num text-sm" aria-live="polite">
        {countOf(deliveries.length, "message")} picked
      </span>
      <ButtonWithReason
        variant="primary"
        busy={busy}
        onClick={() => void sendAgain()}
        {...(offBecause ? { offBecause } : {})}
      >
        <RotateCw aria-hidden="true" className="text-inherit" />
        Send {deliveries.length} again
      </ButtonWithReason>
      <Button variant="ghost" onClick={onDone}>
        Cancel
      </Button>
    </div>
  );
}
