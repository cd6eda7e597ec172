"use client";

import { RotateCw } from "lucide-react";
import { trpc } from "../api/trpc";
import { useOffBecause } from "../live/hooks";
import { useWhyNot } from "../people/me";
import { tellFailure } from "../people/tell";
import { ButtonWithReason } from "../primitives/button-with-reason";
import { toast } from "../primitives/toast";

/** For a message that was given up: puts it back into the outbox. It goes out once, as if it were new. */
export function SendAgain({
  delivery,
  className,
}: {
  delivery: { id: string; title: string; channelName: string };
  className?: string;
}) {
  const cache = trpc.useUtils();
  const notNow = useOffBecause();
  const notMine = useWhyNot("channels:manage");
  const retry = trpc.notifications.retry.useMutation({
    onSuccess: async () => {
      toast.done({ title: `${delivery.channelName} is tried again`, detail: `about ${delivery.title}` });
      await Promise.all([cache.notifications.invalidate(), cache.alerts.story.invalidate()]);
    },
    onError: tellFailure(`The message to ${delivery.channelName} was not sent again`),
  });
  const offBecause = notMine ?? notNow;
  return (
    <ButtonWithReason
      busy={retry.isPending}
      aria-label={`Send the message about ${delivery.title} to ${delivery.channelName} again`}
      onClick={() => retry.mutate({ id: delivery.id })}
      {...(className ? { className } : {})}
      {...(offBecause ? { offBecause } : {})}
    >
      <RotateCw aria-hidden="true" />
      Send again
    </ButtonWithReason>
  );
}
