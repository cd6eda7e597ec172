"use client";

import { Hourglass } from "lucide-react";
import Link from "next/link";
import type { PendingAlert } from "@/contracts/watch/alert";
import { shortDuration } from "../../format/duration";
import { useNow } from "../../format/ticker";
import { NextPage } from "../../primitives/next-page";
import { SeverityWord } from "../severity";
import { ListPart } from "./list-part";
import { usePending } from "./use-pending";

/** What is about to fire, quietly: there is time to look, and no need to. */
export function PendingPart() {
  const { items, isCut, more } = usePending();
  if (items.length === 0) return null;
  // How many there are is not known before the last one is here: "50+" stands where the count would.
  const atLeast = isCut ? <span className="num -mr-3">{items.length}+</span> : null;
  return (
    <>
      <ListPart title="Pending" count={atLeast ? undefined : items.length} action={atLeast}>
        {items.map((pending) => (
          <PendingItem
            key={`${pending.ruleId} ${pending.subject.kind} ${pending.subject.id}`}
            pending={pending}
          />
        ))}
      </ListPart>
      {more.hasNextPage ? (
        <div className="px-4 py-2">
          <NextPage query={more} words="Show more" />
        </div>
      ) : null}
    </>
  );
}

function PendingItem({ pending }: { pending: PendingAlert }) {
  const { subject, agentId } = pending;
  return (
    <li className="relative flex gap-2.5 px-4 pt-[9px] pb-2.5 text-xs max-md:text-sm">
      <Hourglass aria-hidden="true" className="mt-1 size-3 shrink-0 text-muted-foreground" />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          {agentId ? (
            <Link
              prefetch={false}
              href={`/agents/${agentId}`}
              className="cut flex-1 font-medium text-sm hover:underline"
            >
              {subject.name}
            </Link>
          ) : (
            <span className="cut flex-1 font-medium text-sm">{subject.name}</span>
          )}
          <FiresIn at={pending.firesAt} />
        </div>
        <p className="cut text-muted-foreground max-md:whitespace-normal">{pending.summary}</p>
        <p className="cut text-muted-foreground">
          <SeverityWord severity={pending.severity} loud={false} /> · {pending.ruleName}
        </p>
      </div>
    </li>
  );
}

/** "fires in 2 min"; what is due is being judged. */
function FiresIn({ at }: { at: string | null }) {
  const nowMs = useNow();
  if (at === null || nowMs === 0) return null;
  const leftMs = Date.parse(at) - nowMs;
  return (
    <span className="num shrink-0 text-muted-foreground">
      {leftMs < 1_000 ? "fires now" : `fires in ${shortDuration(leftMs)}`}
    </span>
  );
}
