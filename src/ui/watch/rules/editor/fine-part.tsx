"use client";

import { ChevronRight } from "lucide-react";
import { missingRules, type RuleDraft } from "@/contracts/watch/rule";
import { Field } from "../../../primitives/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "../../../primitives/select";
import { CheckRow } from "../../fields/check-row";
import { LabelsField } from "../../fields/labels-field";
import { NumberInput } from "../../fields/number-input";
import { SpanInput } from "../../fields/span-input";
import { capitalised } from "../../words/list-words";
import { heldKinds } from "../words/condition-choices";
import { missingWords } from "../words/rule-fields";
import { useEditing } from "./editing";
import { Part } from "./part";

type Missing = (typeof missingRules)[number];
const flapStart = { changes: 6, windowMs: 600_000 };

function MissingSelect({
  value,
  values,
  onPick,
}: {
  value: Missing;
  values: readonly Missing[];
  onPick: (value: Missing) => void;
}) {
  return (
    <Select
      value={value}
      onValueChange={(next) => {
        const known = values.find((one) => one === next);
        if (known) onPick(known);
      }}
    >
      <SelectTrigger>
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {values.map((one) => (
          <SelectItem key={one} value={one}>
            {capitalised(missingWords[one])}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}

/** What of the fine tuning is not as it comes, in a word. */
function fineWords({ recoverMs, noData, onError, flap, labels, condition, forMs }: RuleDraft): string {
  const set = [
    !heldKinds.includes(condition.kind) && forMs > 0,
    recoverMs > 0,
    noData !== "keep",
    onError !== "keep",
    flap === null || flap.changes !== flapStart.changes || flap.windowMs !== flapStart.windowMs,
    Object.keys(labels).length > 0,
  ].filter(Boolean).length;
  return set === 0 ? "as it comes" : `${set} set`;
}

/** Times, missing data and flapping: closed until somebody needs them, or something in them is wrong. */
export function FinePart() {
  const { draft, put, problem } = useEditing();
  const { condition, flap } = draft;
  const metric = condition.kind === "metric";
  const faulty = problem("forMs", "recoverMs", "noData", "onError", "flap", "labels") !== undefined;
  return (
    <details className="group border-t pt-3" open={faulty || undefined}>
      <summary className="-mx-1 flex min-h-7 cursor-pointer list-none items-center gap-1.5 rounded-sm px-1 font-medium text-xs max-md:min-h-11">
        <ChevronRight aria-hidden="true" className="size-3.5 text-muted-foreground group-open:rotate-90" />
        Fine tuning
        <span className="ml-auto font-normal text-muted-foreground">{fineWords(draft)}</span>
      </summary>
      <div className="mt-3 grid gap-4">
        {heldKinds.includes(condition.kind) ? null : (
          <Part title="Has to last for" paths={["forMs"]} hint="0: it fires as soon as it is seen.">
            <SpanInput
              label="How long it has to last"
              value={draft.forMs}
              onChange={(forMs) => put({ forMs })}
            />
          </Part>
        )}
        <Part
          title="Has to be over for"
          paths={["recoverMs"]}
          hint="Only then the all-clear is told. 0: at once."
        >
          <SpanInput
            label="How long it has to be over"
            value={draft.recoverMs}
            onChange={(recoverMs) => put({ recoverMs })}
          />
        </Part>
        {metric ? (
          <Field
            label="When no data comes"
            error={problem("noData")}
            hint="For agents that report no such number for a while."
          >
            <MissingSelect value={draft.noData} values={missingRules} onPick={(noData) => put({ noData })} />
          </Field>
        ) : null}
        <Field label="When looking fails" error={problem("onError")}>
          <MissingSelect value={draft.onError} values={missingRules} onPick={(onError) => put({ onError })} />
        </Field>
        <Part
          title="Flapping"
          paths={["flap"]}
          hint="It then stays one alert, until it has been calm for that long."
        >
          <CheckRow checked={flap !== null} onChange={(on) => put({ flap: on ? flapStart : null })}>
            Keep one alert when it comes and goes
          </CheckRow>
          {flap ? (
            <div className="flex flex-wrap items-center gap-1.5 pl-6 text-muted-foreground text-xs">
              <NumberInput
                aria-label="Changes that make it flapping"
                className="num w-16"
                value={flap.changes}
                onChange={(changes) => put({ flap: { ...flap, changes } })}
              />
              changes within
              <SpanInput
                label="Time in which they are counted"
                value={flap.windowMs}
                onChange={(windowMs) => put({ flap: { ...flap, windowMs } })}
              />
            </div>
          ) : null}
        </Part>
        <Part
          title="Labels"
          paths={["labels"]}
          hint="For routes and silences, besides agent, group, tag, host and severity."
        >
          <LabelsField labels={draft.labels} onChange={(labels) => put({ labels })} />
        </Part>
      </div>
    </details>
  );
}
