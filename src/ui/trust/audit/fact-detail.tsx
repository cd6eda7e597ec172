import type { Fact } from "@/contracts/facts";
import { exactTime } from "../../format/exact-time";
import { CopyButton } from "../../primitives/copy-button";
import { DefinitionList } from "../../primitives/definition-list";
import { DiffView } from "./diff-view";
import { shortHash } from "./short-hash";

/** All there is to one fact: what changed, the rest that was noted, and its place in the chain. */
export function FactDetail({ fact }: { fact: Fact }) {
  const rows = [
    { label: "Fact", value: `${fact.seq} · ${fact.kind}`, mono: true },
    { label: "When", value: exactTime(fact.at, { millis: true }) },
    { label: "Who", value: `${fact.actor.name} (${fact.actor.kind}, ${fact.actor.id})` },
    ...(fact.target
      ? [{ label: "To", value: `${fact.target.name} (${fact.target.kind}, ${fact.target.id})` }]
      : []),
    ...(fact.reason ? [{ label: "Why", value: fact.reason }] : []),
    ...(fact.requestId ? [{ label: "Request", value: fact.requestId, mono: true }] : []),
    { label: "Its hash", value: <Hash hash={fact.hash} name="Copy its hash" />, mono: true },
    { label: "Built on", value: <Hash hash={fact.prevHash} name="Copy the hash before" />, mono: true },
  ];
  const changes = fact.before !== null || fact.after !== null;
  return (
    <div className="grid items-start gap-x-6 gap-y-3 md:grid-cols-[minmax(0,1fr)_minmax(0,380px)]">
      <div className="grid gap-3">
        <DiffView
          title={fact.target ? `${fact.target.kind} ${fact.target.name}` : "What changed"}
          before={fact.before}
          after={fact.after}
        />
        <DiffView title="Noted with it" before={fact.data} after={fact.data} />
        {changes || fact.data ? null : <p className="text-muted-foreground text-xs">It changed no fields.</p>}
      </div>
      <DefinitionList rows={rows} className="pt-0.5" />
    </div>
  );
}

function Hash({ hash, name }: { hash: string; name: string }) {
  return (
    <span className="flex items-center gap-1" title={hash}>
      {shortHash(hash)}
      <CopyButton text={hash} label="" name={name} className="size-5 max-md:size-11" />
    </span>
  );
}
