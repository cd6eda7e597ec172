"use client";

import type { StoredPolicy } from "@/contracts/watch/policy";
import { RelativeTime } from "../../format/time";
import { Awaited } from "../../people/awaited";
import { useWhyNot } from "../../people/me";
import { Button } from "../../primitives/button";
import { DraftOffer } from "../drafts/draft-offer";
import { useChannels } from "../rules/use-names";
import { InhibitionsCard } from "./inhibitions-card";
import { PolicyConflict } from "./policy-conflict";
import { PolicyHistory } from "./policy-history";
import { RouteTree } from "./route-tree";
import { TryCard } from "./try-card";
import { usePolicy, usePolicyEditing } from "./use-policy";
import { useTry } from "./use-try";

/** Who is told what, when: the branches in the order in which they are asked. */
export function RoutesPage() {
  const policy = usePolicy();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto max-w-[1240px] px-4 py-5 md:px-6">
        <Awaited query={policy} rows={4}>
          {(newest) => <Routes newest={newest} />}
        </Awaited>
      </div>
    </div>
  );
}

function Routes({ newest }: { newest: StoredPolicy }) {
  const editing = usePolicyEditing(newest);
  const { channels } = useChannels();
  const because = useWhyNot("rules:manage");
  const trying = useTry(editing.dirty ? editing.draft : undefined, newest.version);
  const { draft, base, dirty, keeping } = editing;
  return (
    <>
      <header className="mb-4 flex flex-wrap items-start gap-2">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-xl">Routes</h1>
          <p className="mt-0.5 max-w-prose text-pretty text-muted-foreground">
            Who is told of an alert, and when. An alert goes to the first branch that fits, from top to
            bottom; a rule may name its channels itself.
          </p>
          <p className="num mt-1 text-muted-foreground text-xs">
            Version {base.version}, by {base.author.name}, <RelativeTime at={base.at} suffix="ago" />
          </p>
        </div>
        {dirty ? (
          <>
            <Button onClick={editing.discard}>Discard</Button>
            <Button
              variant="primary"
              busy={editing.busy}
              disabled={because !== undefined || editing.overtaken}
              onClick={editing.save}
            >
              Save the routes
            </Button>
          </>
        ) : null}
      </header>
      <DraftOffer keeping={keeping} onUse={editing.goOn} className="mb-4" />
      {editing.overtaken ? <PolicyConflict editing={editing} newest={newest} channels={channels} /> : null}
      {because ? <p className="mb-3 text-muted-foreground text-xs">{because}</p> : null}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,1fr)_372px]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <RouteTree
            policy={draft}
            channels={channels}
            because={because}
            hits={trying.hits}
            onChange={(root) => editing.put({ ...draft, root })}
          />
          <InhibitionsCard
            inhibitions={draft.inhibitions}
            because={because}
            muting={trying.preview?.mutedBy?.id}
            onChange={(inhibitions) => editing.put({ ...draft, inhibitions })}
          />
          <PolicyHistory version={newest.version} channels={channels} />
        </div>
        <TryCard trying={trying} draft={dirty} />
      </div>
    </>
  );
}
