"use client";

import { useState } from "react";
import type { Channel } from "@/contracts/watch/channel";
import type { StoredPolicy } from "@/contracts/watch/policy";
import { trpc } from "../../api/trpc";
import { RelativeTime } from "../../format/time";
import { Awaited } from "../../people/awaited";
import { useWhyNot } from "../../people/me";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { Card, CardHeader } from "../../primitives/card";
import { OlderVersions } from "../older-versions";
import { DifferenceList } from "../rules/editor/difference-list";
import { RestorePolicy } from "./restore-policy";
import { policyDifferences } from "./words/policy-differences";

/** Every version of the routes: who changed what when, and the way back. */
export function PolicyHistory({ version, channels }: { version: number; channels: readonly Channel[] }) {
  const because = useWhyNot("rules:manage");
  const [asking, setAsking] = useState<StoredPolicy | null>(null);
  const versions = trpc.alertPolicy.versions.useInfiniteQuery(
    { limit: 10 },
    { getNextPageParam: ({ nextCursor }) => nextCursor },
  );
  const items = versions.data?.pages.flatMap((page) => page.items);
  const newest = items?.find((one) => one.version === version);
  return (
    <Card aria-label="History">
      <CardHeader title="History" aside={`version ${version} is in force`} />
      <Awaited query={{ data: items, error: versions.error, refetch: versions.refetch }} rows={2}>
        {(all) => (
          <ol>
            {all.map((stored, index) => {
              const before = all[index + 1];
              return (
                <li key={stored.version} className="border-border/62 border-t px-4 py-2.5">
                  <div className="flex min-h-7 items-center gap-2">
                    <p className="min-w-0 flex-1 text-pretty">
                      <b className="num font-strong">{stored.version}</b>{" "}
                      <span className="text-muted-foreground">
                        {stored.author.name}, <RelativeTime at={stored.at} suffix="ago" />
                      </span>
                    </p>
                    {stored.version === version ? (
                      <span className="text-muted-foreground text-xs">in force</span>
                    ) : (
                      <ButtonWithReason
                        variant="ghost"
                        aria-label={`Restore version ${stored.version}`}
                        onClick={() => setAsking(stored)}
                        {...(because ? { offBecause: because } : {})}
                      >
                        Restore
                      </ButtonWithReason>
                    )}
                  </div>
                  {before ? (
                    <DifferenceList differences={policyDifferences(before.policy, stored.policy, channels)} />
                  ) : null}
                </li>
              );
            })}
          </ol>
        )}
      </Awaited>
      <OlderVersions versions={versions} />
      {asking && newest ? (
        <RestorePolicy wanted={asking} newest={newest} channels={channels} onClose={() => setAsking(null)} />
      ) : null}
    </Card>
  );
}
