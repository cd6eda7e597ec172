"use client";

import { Link2, Link2Off } from "lucide-react";
import type { ChainBadge as Chain } from "@/contracts/trust/audit";
import { formatCount } from "../../format/quantity";
import { RelativeTime } from "../../format/time";
import { Badge } from "../../primitives/badge";
import { StatusShape } from "../../status/shapes";
import { shortHash } from "./short-hash";

/** Whether somebody changed the log: whole, being checked, or broken with the first bad number. */
export function ChainBadge({ chain, checking }: { chain: Chain | undefined; checking: boolean }) {
  if (!chain || checking) {
    return (
      <Badge variant="tinted" tone="transition">
        <StatusShape shape="transition" size="xs" />
        Checking
      </Badge>
    );
  }
  if (!chain.ok) {
    return (
      <span role="alert" className="flex min-w-0 flex-wrap items-center gap-2">
        <Badge variant="tinted" tone="offline">
          <Link2Off aria-hidden="true" className="size-3.5" />
          Chain broken at {formatCount(chain.firstBrokenSeq ?? 0)}
        </Badge>
        <span className="text-xs">
          {chain.why}. Somebody or something changed the database past Mission Control.
        </span>
      </span>
    );
  }
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      <Badge variant="tinted" tone="online">
        <Link2 aria-hidden="true" className="size-3.5" />
        Chain whole
      </Badge>
      <span className="num text-muted-foreground text-xs max-md:hidden">
        {formatCount(chain.headSeq)} facts,{" "}
        {chain.checkedFrom > 1 ? `the last ${formatCount(chain.rows)} not altered` : "none altered"}, checked{" "}
        <RelativeTime at={chain.checkedAt} suffix="ago" /> · head{" "}
        <span className="mono" title={chain.headHash}>
          {shortHash(chain.headHash)}
        </span>
      </span>
    </span>
  );
}
