import type { AgentKey } from "@/contracts/fleet/agent";
import { RelativeTime } from "../../format/time";

/** When a credential was last used, and from which address. */
export function LastUse({ lastUsedAt, lastUsedFrom }: Pick<AgentKey, "lastUsedAt" | "lastUsedFrom">) {
  if (!lastUsedAt) return "never used";
  return (
    <>
      used <RelativeTime at={lastUsedAt} suffix="ago" />
      {lastUsedFrom ? (
        <>
          {" "}
          from <span className="mono">{lastUsedFrom}</span>
        </>
      ) : null}
    </>
  );
}
