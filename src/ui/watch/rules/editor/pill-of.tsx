"use client";

import type { Condition } from "@/contracts/watch/condition";
import { severities } from "@/contracts/watch/rule";
import type { PillKey } from "../words/parts";
import { byRoutes, severityWords } from "../words/sentence";
import { ChoicePill } from "./choice-pill";
import { conditionOf, useEditing } from "./editing";
import { ExceptField } from "./except-field";
import { KindPill } from "./kind-pill";
import { NumberPill } from "./number-pill";
import { type PillProps, WindowPill } from "./pill";
import { ScopeList } from "./scope-list";
import { SeveralPill } from "./several-pill";
import { SpanPill } from "./span-pill";
import { WordPill } from "./word-pill";

const day = 86_400_000;

/** The window behind a word of the sentence. */
export function PillOf({ pill, ...props }: PillProps & { pill: PillKey }) {
  const { draft, put } = useEditing();
  const { condition } = draft;
  const change = (next: Condition) => put({ condition: next });
  switch (pill) {
    case "kind":
      return <KindPill {...props} />;
    case "scope":
      return (
        <WindowPill {...props} flush>
          {(close) => (
            <ScopeList
              label="Who is watched"
              scope={draft.scope}
              onPick={(scope) => put({ scope })}
              onDone={close}
            />
          )}
        </WindowPill>
      );
    case "except":
      return <WindowPill {...props}>{() => <ExceptField />}</WindowPill>;
    case "for":
      return <SpanPill {...props} value={draft.forMs} zero="at once" onChange={(forMs) => put({ forMs })} />;
    case "severity":
      return (
        <ChoicePill
          {...props}
          values={severities.toReversed()}
          value={draft.severity}
          say={severityWords}
          onPick={(severity) => put({ severity })}
        />
      );
    case "channels":
      return <ChannelsPill {...props} />;
    default:
      return <ConditionPill pill={pill} {...props} condition={condition} change={change} />;
  }
}

function ChannelsPill(props: PillProps) {
  const { draft, put, names } = useEditing();
  const ids = [...new Set([...names.channels.map(({ id }) => id), ...draft.channelIds])];
  return (
    <SeveralPill
      {...props}
      values={ids}
      chosen={draft.channelIds}
      say={(id) => names.channels.find((channel) => channel.id === id)?.name ?? "a deleted channel"}
      none={byRoutes}
      onPick={(channelIds) => put({ channelIds })}
    />
  );
}

function ConditionPill({
  pill,
  condition,
  change,
  ...props
}: PillProps & { pill: PillKey; condition: Condition; change: (condition: Condition) => void }) {
  if (pill === "after") {
    const own = conditionOf(condition, "no-heartbeat", "stuck", "config-drift");
    return (
      own && <SpanPill {...props} value={own.afterMs} onChange={(afterMs) => change({ ...own, afterMs })} />
    );
  }
  if (pill === "within") {
    const expiry = conditionOf(condition, "expiry");
    if (expiry)
      return (
        <SpanPill
          {...props}
          presets={[1, 3, 7, 14, 30, 90].map((days) => days * day)}
          value={expiry.withinMs}
          onChange={(withinMs) => change({ ...expiry, withinMs })}
        />
      );
    const own = conditionOf(condition, "restart-loop", "log", "command-failed");
    return (
      own && (
        <SpanPill {...props} value={own.windowMs} onChange={(windowMs) => change({ ...own, windowMs })} />
      )
    );
  }
  if (pill === "count") {
    const own = conditionOf(condition, "restart-loop", "log", "command-failed");
    const to = (count: number) => own && change({ ...own, count });
    return (
      own && (
        <NumberPill {...props} presets={[1, 3, 5, 10, 50]} unit="times" value={own.count} onChange={to} />
      )
    );
  }
  if (pill === "atLeast") {
    const own = conditionOf(condition, "outage", "host-down");
    const to = (atLeast: number) => own && change({ ...own, atLeast });
    return (
      own && (
        <NumberPill {...props} presets={[1, 2, 3, 5, 10]} unit="agents" value={own.atLeast} onChange={to} />
      )
    );
  }
  if (pill === "percent") {
    const own = conditionOf(condition, "outage");
    const to = (percent: number) => own && change({ ...own, percent });
    return (
      own && (
        <NumberPill {...props} presets={[10, 25, 50, 75, 100]} unit="%" value={own.percent} onChange={to} />
      )
    );
  }
  return <WordPill pill={pill} condition={condition} change={change} {...props} />;
}
