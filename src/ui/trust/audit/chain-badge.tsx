"use client";

import { Link2, Link2Off } from "lucide-react";
import type { ChainBadge as Chain } from "@/contracts/trust/audit";
import { refusalOf } from "../../api/refusal";
import { formatCount } from "../../format/quantity";
import { RelativeTime } from "../../format/time";
import { Badge } from "../../primitives/badge";
import { StatusShape } from "../../status/shapes";
import { shortHash } from "./short-hash";

/**
 * Whether somebody changed the log: whole, being checked, broken with the first bad number, or not checked and why. A
 * check that failed takes "whole" back, since nobody knows it any more; what was found broken stays.
 */
export function ChainBadge({
  chain,
  checking,
  error,
}: {
  chain: Chain | undefined;
  checking: boolean;
  /** Why the last check came to nothing; null when it did not. */
  error: unknown;
}) {
  const unchecked = error !== null && chain?.ok !== false;
  if (checking || (!chain && !unchecked)) {
    return (
      <Badge variant="tinted" tone="transition">
        <StatusShape shape="transition" size="xs" />
        Checking
      </Badge>
    );
  }
  if (!chain || unchecked) {
    return (
      <span role="alert" className="flex min-w-0 flex-wrap items-center gap-2">
        <Badge variant="tinted" tone="unknown">
          <StatusShape shape="unknown" size="xs" />
          Chain not checked
        </Badge>
        <span className="text-xs">
          {refusalOf(error).message}{" "}
          {chain ? (
            <>
              It was whole <RelativeTime at={chain.checkedAt} suffix="ago" />.
            </>
          ) : null}
        </span>
      </span>
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
