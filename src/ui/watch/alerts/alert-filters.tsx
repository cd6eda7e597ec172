"use client";

import { Search } from "lucide-react";
import { useMemo } from "react";
import { severities } from "@/contracts/watch/rule";
import { useAgents } from "../../live/use-agents";
import { useMe } from "../../people/me";
import { Chip, FilterChip } from "../../primitives/chip";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "../../primitives/dropdown-menu";
import { Input } from "../../primitives/input";
import { Segmented } from "../../primitives/segmented";
import { severityLook } from "../severity";
import type { AlertFilter } from "./alert-filter";

/** Which alerts the list shows. Everything stands in the address, so that a view can be sent. */
export function AlertFilters({
  filter,
  onChange,
}: {
  filter: AlertFilter;
  onChange: (part: Partial<AlertFilter>) => void;
}) {
  const me = useMe();
  return (
    <search className="grid shrink-0 gap-2 border-b px-4 py-2.5 max-md:px-3">
      <div className="flex items-center gap-2">
        <Segmented
          label="State"
          value={filter.state}
          onValueChange={(state) => onChange({ state })}
          options={[
            { value: "firing", label: "Firing" },
            { value: "resolved", label: "Resolved" },
          ]}
        />
        <Input
          type="search"
          aria-label="Search alerts"
          placeholder="Agent, rule, host…"
          lead={<Search aria-hidden="true" />}
          value={filter.text}
          onChange={(event) => onChange({ text: event.target.value })}
        />
      </div>
      <div className="-mx-4 flex gap-1.5 overflow-x-auto px-4 [scrollbar-width:none] max-md:-mx-3 max-md:px-3">
        <SeverityPick filter={filter} onChange={onChange} />
        <GroupPick filter={filter} onChange={onChange} />
        <Chip
          variant="dashed"
          pressed={filter.unowned}
          onClick={() => onChange({ unowned: !filter.unowned })}
        >
          Nobody has it
        </Chip>
        {me ? (
          <Chip variant="dashed" pressed={filter.mine} onClick={() => onChange({ mine: !filter.mine })}>
            Mine
          </Chip>
        ) : null}
      </div>
    </search>
  );
}

type PickProps = { filter: AlertFilter; onChange: (part: Partial<AlertFilter>) => void };

function SeverityPick({ filter, onChange }: PickProps) {
  if (filter.severity) {
    const word = severityLook(filter.severity).word;
    return (
      <FilterChip name={`severity is ${word}`} onRemove={() => onChange({ severity: null })}>
        <b>{word}</b>
      </FilterChip>
    );
  }
  return (
    <PickMenu
      name="Severity"
      choices={severities.map((severity) => [severity, severityLook(severity).word] as const).reverse()}
      onPick={(severity) => onChange({ severity: severities.find((known) => known === severity) ?? null })}
    />
  );
}

function GroupPick({ filter, onChange }: PickProps) {
  const agents = useAgents("order");
  const groups = useMemo(
    () => [...new Set(agents.flatMap(({ group }) => (group ? [group] : [])))].sort(),
    [agents],
  );
  if (filter.group) {
    return (
      <FilterChip name={`group is ${filter.group}`} onRemove={() => onChange({ group: null })}>
        <b className="max-w-28 truncate">{filter.group}</b>
      </FilterChip>
    );
  }
  if (groups.length === 0) return null;
  return (
    <PickMenu
      name="Group"
      choices={groups.map((group) => [group, group] as const)}
      onPick={(group) => onChange({ group })}
    />
  );
}

function PickMenu({
  name,
  choices,
  onPick,
}: {
  name: string;
  choices: readonly (readonly [value: string, words: string])[];
  onPick: (value: string) => void;
}) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Chip variant="dashed">{name}</Chip>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        <DropdownMenuRadioGroup value="" onValueChange={onPick}>
          {choices.map(([value, words]) => (
            <DropdownMenuRadioItem key={value} value={value}>
              {words}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
