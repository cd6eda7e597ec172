"use client";

import { useState } from "react";
import type { Rule, RuleVersion } from "@/contracts/watch/rule";
import { useCalmly } from "../../../api/calmly";
import { trpc } from "../../../api/trpc";
import { RelativeTime } from "../../../format/time";
import { useNews } from "../../../live/hooks";
import { Awaited } from "../../../people/awaited";
import { useWhyNot } from "../../../people/me";
import { ButtonWithReason } from "../../../primitives/button-with-reason";
import { Card, CardHeader } from "../../../primitives/card";
import { OlderVersions } from "../../older-versions";
import { DifferenceList } from "../editor/difference-list";
import { useNames } from "../use-names";
import { differencesOf } from "../words/differences";
import { ConfirmRestore } from "./confirm-restore";

const howWords: Record<RuleVersion["how"], string> = {
  created: "made it",
  changed: "changed it",
  restored: "brought an old version back",
  imported: "imported it from a file",
  duplicated: "made it as a copy",
  deleted: "deleted it",
};

/** Who changed what when, field by field, and the way back. */
export function RuleHistory({ rule }: { rule: Rule }) {
  const cache = trpc.useUtils();
  const versions = trpc.rules.versions.useInfiniteQuery(
    { id: rule.id, limit: 20 },
    // A change that is told while this waits to read again is read when it is shown again.
    { getNextPageParam: ({ nextCursor }) => nextCursor, staleTime: 0 },
  );
  useNews(
    ["rule"],
    useCalmly(() => void cache.rules.versions.invalidate({ id: rule.id })),
  );
  const items = versions.data?.pages.flatMap((page) => page.items);
  return (
    <Card aria-label="History">
      <CardHeader title="History" aside={`version ${rule.version} is in force`} />
      <Awaited query={{ data: items, error: versions.error, refetch: versions.refetch }} rows={2}>
        {(all) => (
          <ol>
            {all.map((version, index) => (
              <VersionRow
                key={version.version}
                rule={rule}
                version={version}
                before={all[index + 1]}
                last={index === all.length - 1 && !versions.hasNextPage}
              />
            ))}
          </ol>
        )}
      </Awaited>
      <OlderVersions versions={versions} />
    </Card>
  );
}

function VersionRow({
  rule,
  version,
  before,
  last,
}: {
  rule: Rule;
  version: RuleVersion;
  /** The one before it, where that is loaded already. */
  before: RuleVersion | undefined;
  last: boolean;
}) {
  const names = useNames();
  const because = useWhyNot("rules:manage");
  const [asking, setAsking] = useState(false);
  const current = version.version === rule.version;
  return (
    <li className="border-border/62 border-t px-4 py-2.5">
      <div className="flex min-h-7 items-center gap-2">
        <p className="min-w-0 flex-1 text-pretty">
          <b className="num font-strong">{version.version}</b>{" "}
          <span className="text-muted-foreground">
            {version.author.name} {howWords[version.how]}, <RelativeTime at={version.at} suffix="ago" />
          </span>
        </p>
        {current ? (
          <span className="text-muted-foreground text-xs">in force</span>
        ) : (
          <ButtonWithReason
            variant="ghost"
            aria-label={`Restore version ${version.version}`}
            onClick={() => setAsking(true)}
            {...(because ? { offBecause: because } : {})}
          >
            Restore
          </ButtonWithReason>
        )}
      </div>
      {before && !last ? (
        <DifferenceList differences={differencesOf(before.rule, version.rule, names)} />
      ) : null}
      {asking ? <ConfirmRestore rule={rule} version={version} onClose={() => setAsking(false)} /> : null}
    </li>
  );
}
