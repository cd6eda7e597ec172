"use client";

import { ListFilter } from "lucide-react";
import { useMemo } from "react";
import type { Agent } from "@/contracts/fleet/agent";
import { useAgents } from "../../live/use-agents";
import { Chip } from "../../primitives/chip";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "../../primitives/dropdown-menu";
import { Kbd } from "../../primitives/kbd";
import { type BoardFilter, noGroup, toggled } from "./filter";

const nobody: readonly Agent[] = [];

/** Groups and tags that the fleet really has, to filter by. */
export function FilterMenu({
  filter,
  onFilterChange,
  open,
  onOpenChange,
}: {
  filter: BoardFilter;
  onFilterChange: (filter: BoardFilter) => void;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const agents = useAgents("order");
  // Nobody sees them while it is closed, and agents come and go.
  const seen = open ? agents : nobody;
  const groups = useMemo(() => unique(seen.map((agent) => agent.group ?? noGroup)), [seen]);
  const tags = useMemo(() => unique(seen.flatMap((agent) => agent.tags)), [seen]);
  // A choice keeps the menu open: one filter seldom comes alone.
  const stay = (event: Event) => event.preventDefault();
  return (
    <DropdownMenu open={open} onOpenChange={onOpenChange} modal={false}>
      <DropdownMenuTrigger asChild>
        <Chip variant="dashed" aria-keyshortcuts="f">
          <ListFilter aria-hidden="true" />
          Filter
          <Kbd className="h-[15px] min-w-[15px] px-[3px]">F</Kbd>
        </Chip>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        {groups.length > 0 ? <DropdownMenuLabel>Group</DropdownMenuLabel> : null}
        {groups.map((group) => (
          <DropdownMenuCheckboxItem
            key={`group:${group}`}
            checked={filter.groups.includes(group)}
            onSelect={stay}
            onCheckedChange={() => onFilterChange({ ...filter, groups: toggled(filter.groups, group) })}
          >
            {group === noGroup ? "No group" : group}
          </DropdownMenuCheckboxItem>
        ))}
        {tags.length > 0 ? <DropdownMenuLabel>Tag</DropdownMenuLabel> : null}
        {tags.map((tag) => (
          <DropdownMenuCheckboxItem
            key={`tag:${tag}`}
            checked={filter.tags.includes(tag)}
            onSelect={stay}
            onCheckedChange={() => onFilterChange({ ...filter, tags: toggled(filter.tags, tag) })}
          >
            {tag}
          </DropdownMenuCheckboxItem>
        ))}
        {groups.length + tags.length === 0 ? (
          <DropdownMenuLabel>Agents bring their groups and tags with them.</DropdownMenuLabel>
        ) : null}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)].sort((one, other) => one.localeCompare(other));
}
