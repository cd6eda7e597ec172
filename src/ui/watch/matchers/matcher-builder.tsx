"use client";

import { Plus, X } from "lucide-react";
import { useId } from "react";
import type { Matcher } from "@/contracts/watch/matcher";
import { matcherOps, mostMatchers } from "@/contracts/watch/matcher";
import { Button } from "../../primitives/button";
import { Input } from "../../primitives/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "../../primitives/select";
import type { LabelValues } from "./label-values";
import { matcherFault, matcherOpSentences } from "./matcher-fault";

/**
 * Label, sign and value, a line each; all lines have to fit. Values are suggested while one types, and any other may be
 * written: what is silenced tonight may be an agent that comes tomorrow.
 */
export function MatcherBuilder({
  value,
  onChange,
  labels,
  name = "Fits",
  mayBeEmpty = false,
  faults = [],
}: {
  value: readonly Matcher[];
  onChange: (value: Matcher[]) => void;
  labels: LabelValues;
  /** What the group of fields is called by screen readers. */
  name?: string;
  /** Whether the last line can be taken away. */
  mayBeEmpty?: boolean;
  /** What the form found wrong, by line, besides what a line says of itself while one types. */
  faults?: readonly (string | undefined)[];
}) {
  const change = (at: number, part: Partial<Matcher>) =>
    onChange(value.map((matcher, index) => (index === at ? { ...matcher, ...part } : matcher)));
  return (
    <fieldset className="min-w-0" data-slot="matcher-builder">
      <legend className="mb-1.5 font-medium text-sm">{name}</legend>
      <ul className="grid gap-2">
        {Object.entries(value).map(([at, matcher]) => (
          <MatcherLine
            key={at}
            matcher={matcher}
            number={Number(at) + 1}
            labels={labels}
            found={faults[Number(at)]}
            onChange={(part) => change(Number(at), part)}
            {...(value.length > 1 || mayBeEmpty
              ? { onRemove: () => onChange(value.filter((_, other) => other !== Number(at))) }
              : {})}
          />
        ))}
      </ul>
      <Button
        variant="ghost"
        className="mt-1.5 -ml-2"
        disabled={value.length >= mostMatchers}
        onClick={() =>
          onChange([...value, { label: value.length === 0 ? "agent" : "severity", op: "=", value: "" }])
        }
      >
        <Plus aria-hidden="true" />
        {value.length === 0 ? "Add a condition" : "And also"}
      </Button>
    </fieldset>
  );
}

/** A value that there is, so that one sees what is meant; of an expression one of ours. */
function exampleOf({ label, op }: Matcher, labels: LabelValues): string {
  if (op === "=~" || op === "!~") return "such as prod-.*";
  const [known] = labels.get(label) ?? [];
  return known ? `such as ${known}` : "its value";
}

function MatcherLine({
  matcher,
  number,
  labels,
  found,
  onChange,
  onRemove,
}: {
  matcher: Matcher;
  number: number;
  labels: LabelValues;
  found: string | undefined;
  onChange: (part: Partial<Matcher>) => void;
  onRemove?: () => void;
}) {
  const listId = useId();
  const faultId = useId();
  const fault = matcherFault(matcher) ?? found;
  const names = [...new Set([...labels.keys(), matcher.label])];
  return (
    <li className="grid grid-cols-[minmax(96px,0.8fr)_minmax(92px,0.7fr)_minmax(0,2fr)_28px] items-center gap-1.5 max-md:grid-cols-[1fr_1fr_44px]">
      <Select value={matcher.label} onValueChange={(label) => onChange({ label, value: "" })}>
        <SelectTrigger size="lg" aria-label={`Label of condition ${number}`}>
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {names.map((label) => (
            <SelectItem key={label} value={label}>
              {label}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      <Select value={matcher.op} onValueChange={(op) => onChange({ op: op as Matcher["op"] })}>
        <SelectTrigger size="lg" aria-label={`Sign of condition ${number}`}>
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {matcherOps.map((op) => (
            <SelectItem key={op} value={op}>
              {matcherOpSentences[op]}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      <Input
        size="lg"
        list={listId}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        aria-label={`Value of condition ${number}`}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? faultId : undefined}
        placeholder={exampleOf(matcher, labels)}
        className="mono max-md:col-span-2 max-md:row-start-2"
        value={matcher.value}
        onChange={(event) => onChange({ value: event.target.value })}
      />
      <datalist id={listId}>
        {(labels.get(matcher.label) ?? []).map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      {onRemove ? (
        <Button variant="ghost" size="icon" aria-label={`Remove condition ${number}`} onClick={onRemove}>
          <X aria-hidden="true" />
        </Button>
      ) : (
        <span />
      )}
      {fault ? (
        <p id={faultId} role="alert" className="col-span-full text-destructive text-xs">
          {fault}
        </p>
      ) : null}
    </li>
  );
}
