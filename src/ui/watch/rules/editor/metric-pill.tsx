"use client";

import { Check } from "lucide-react";
import { useState } from "react";
import { type KnownMetric, metricNameSchema } from "@/contracts/fleet/metric-name";
import { trpc } from "../../../api/trpc";
import { countOf } from "../../../format/quantity";
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "../../../primitives/command";
import { metricWords } from "../words/metric-words";
import { type PillProps, WindowPill } from "./pill";

/** Which number: those that agents reported of late, or any other by its name. */
export function MetricPill({
  metric,
  onPick,
  ...pill
}: PillProps & { metric: string; onPick: (metric: string) => void }) {
  const known = trpc.metrics.names.useQuery({}).data?.items ?? [];
  return (
    <WindowPill {...pill} flush>
      {(close) => (
        <MetricList
          metric={metric}
          known={known}
          onPick={(name) => {
            onPick(name);
            close();
          }}
        />
      )}
    </WindowPill>
  );
}

function MetricList({
  metric,
  known,
  onPick,
}: {
  metric: string;
  known: readonly KnownMetric[];
  onPick: (metric: string) => void;
}) {
  const [typed, setTyped] = useState("");
  const own = metricNameSchema.safeParse(typed);
  const isNew = own.success && !known.some(({ name }) => name === own.data);
  return (
    <Command label="Which number">
      <CommandInput placeholder="CPU, memory, queue.depth …" value={typed} onValueChange={setTyped} />
      <CommandList>
        <CommandEmpty>No agent reports such a number.</CommandEmpty>
        <CommandGroup heading="Reported of late">
          {known.map(({ name, agents }) => (
            <CommandItem key={name} value={name} keywords={[metricWords(name)]} onSelect={() => onPick(name)}>
              <span className="cut flex-1">
                {metricWords(name)}
                {metricWords(name) === name ? null : (
                  <span className="mono text-muted-foreground"> {name}</span>
                )}
              </span>
              <span className="num text-muted-foreground text-xs">{countOf(agents, "agent")}</span>
              {name === metric ? <Check aria-label="chosen" /> : null}
            </CommandItem>
          ))}
        </CommandGroup>
        {isNew ? (
          <CommandGroup heading="Not reported yet">
            <CommandItem value={own.data} onSelect={() => onPick(own.data)}>
              Use <span className="mono cut">{own.data}</span>
            </CommandItem>
          </CommandGroup>
        ) : null}
      </CommandList>
    </Command>
  );
}
