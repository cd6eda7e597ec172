"use client";

import { commandKinds } from "@/contracts/fleet/command";
import { logLevels } from "@/contracts/fleet/log-line";
import { type Condition, expiringThings, selfChecks } from "@/contracts/watch/condition";
import { capitalised } from "../../words/list-words";
import { checkWords, commandWords, levelWords, thingWords } from "../words/condition-choices";
import type { PillKey } from "../words/parts";
import { ChoicePill } from "./choice-pill";
import { MetricPill } from "./metric-pill";
import { NumberPill } from "./number-pill";
import { PatternPill } from "./pattern-pill";
import type { PillProps } from "./pill";
import { SeveralPill } from "./several-pill";
import { SpanPill } from "./span-pill";
import { ValuePill } from "./value-pill";

const minute = 60_000;
const checkStart = {
  "evaluation-lag": 30_000,
  "delivery-lag": 60_000,
  "event-loop-lag": 1_000,
  outbox: 500,
  disk: 90,
};

/** The words that only one kind of condition has. */
export function WordPill({
  pill,
  condition,
  change,
  ...props
}: PillProps & { pill: PillKey; condition: Condition; change: (condition: Condition) => void }) {
  switch (condition.kind) {
    case "metric":
      if (pill === "metric")
        return (
          <MetricPill
            {...props}
            metric={condition.metric}
            onPick={(metric) => change({ ...condition, metric })}
          />
        );
      if (pill === "op")
        return (
          <ChoicePill
            {...props}
            values={["above", "below"]}
            value={condition.op}
            say={(op) => op}
            onPick={(op) => change({ ...condition, op })}
          />
        );
      return (
        <ValuePill
          {...props}
          metric={condition.metric}
          value={condition.value}
          onChange={(value) => change({ ...condition, value })}
        />
      );
    case "log":
      if (pill === "level")
        return (
          <ChoicePill
            {...props}
            values={logLevels.toReversed()}
            value={condition.level}
            say={(level) => levelWords[level]}
            onPick={(level) => change({ ...condition, level })}
          />
        );
      return (
        <PatternPill
          {...props}
          pattern={condition.pattern}
          regex={condition.regex}
          onChange={(patch) => change({ ...condition, ...patch })}
        />
      );
    case "command-failed":
      return (
        <SeveralPill
          {...props}
          values={commandKinds}
          chosen={condition.kinds}
          say={(kind) => capitalised(commandWords[kind])}
          none="Any command"
          onPick={(kinds) => change({ ...condition, kinds })}
        />
      );
    case "expiry":
      return (
        <SeveralPill
          {...props}
          values={expiringThings}
          chosen={condition.of}
          say={(thing) => capitalised(thingWords[thing])}
          onPick={(of) => change({ ...condition, of })}
        />
      );
    case "self":
      if (pill === "check")
        return (
          <ChoicePill
            {...props}
            values={selfChecks}
            value={condition.check}
            say={(check) => checkWords[check]}
            onPick={(check) => change({ kind: "self", check, value: checkStart[check] })}
          />
        );
      return <LimitPill {...props} condition={condition} change={change} />;
    default:
      return null;
  }
}

function LimitPill({
  condition,
  change,
  ...props
}: PillProps & {
  condition: Extract<Condition, { kind: "self" }>;
  change: (condition: Condition) => void;
}) {
  const onChange = (value: number) => change({ ...condition, value });
  if (condition.check === "disk" || condition.check === "outbox") {
    const disk = condition.check === "disk";
    return (
      <NumberPill
        {...props}
        presets={disk ? [75, 80, 90, 95] : [100, 500, 1_000, 5_000]}
        unit={disk ? "%" : "messages"}
        value={condition.value}
        onChange={onChange}
      />
    );
  }
  return (
    <SpanPill
      {...props}
      presets={[1_000, 5_000, 10_000, 30_000, minute, 5 * minute]}
      value={condition.value}
      onChange={onChange}
    />
  );
}
