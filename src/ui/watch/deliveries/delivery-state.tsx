import type { Notification } from "@/contracts/watch/notification";
import { useNow } from "../../format/ticker";
import { RelativeTime } from "../../format/time";
import { StatusShape } from "../../status/shapes";
import { waitsItsTurn, whyItWaits } from "../waits-its-turn";

/** Delivered, on its way with the next try, or given up: by shape and word. */
export function DeliveryState({ delivery }: { delivery: Notification }) {
  const nowMs = useNow();
  if (delivery.state === "delivered") {
    return (
      <span data-tone="online" className="inline-flex items-center gap-[7px] align-middle">
        <StatusShape shape="idle" className="text-tone" />
        Delivered
      </span>
    );
  }
  if (delivery.state === "dead") {
    return (
      <span data-tone="offline" className="inline-flex items-center gap-[7px] align-middle">
        <StatusShape shape="offline" className="text-tone" />
        <span className="font-strong text-tone">Given up</span>
      </span>
    );
  }
  return (
    <span data-tone="waiting" className="inline-flex items-center gap-[7px] align-middle">
      <StatusShape shape="transition" className="animate-none text-tone" />
      <span className="font-strong text-tone">
        {waitsItsTurn(delivery.nextAttemptAt, nowMs) ? (
          <span title={whyItWaits}>Waits its turn</span>
        ) : delivery.attempts > 0 && delivery.nextAttemptAt ? (
          <>
            Next try in <RelativeTime at={delivery.nextAttemptAt} />
          </>
        ) : (
          "On its way"
        )}
      </span>
    </span>
  );
}
