"use client";

import { useState } from "react";
import { useLive } from "../../live/live-context";
import { orderRows } from "../board/order";
import { AffectedAgent, type AffectedAgentProps } from "./affected-agent";

/** Every agent that is hit, worst first as it was when the dialog opened; over eight the list scrolls. */
export function AffectedAgents({
  ids,
  onLeave,
  ...rest
}: { ids: readonly string[] } & Omit<AffectedAgentProps, "id">) {
  const { store } = useLive();
  // Ordered once: rows that move under the pointer would make one leave the wrong agent.
  const [order] = useState(() => orderRows(ids.flatMap((id) => store.picture.agents.get(id) ?? [])));
  const shown = order.filter((id) => ids.includes(id));
  return (
    <ul
      aria-label="Affected agents"
      tabIndex={shown.length > 8 ? 0 : undefined}
      className="max-h-[46vh] divide-y overflow-y-auto rounded-lg border md:max-h-[372px]"
    >
      {shown.map((id) => (
        <AffectedAgent key={id} id={id} onLeave={onLeave} {...rest} />
      ))}
    </ul>
  );
}
