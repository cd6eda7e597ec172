"use client";

import { ArrowUpDown, Pin } from "lucide-react";
import { formatCount } from "../../format/quantity";
import { Chip, chipVariants, FilterChip } from "../../primitives/chip";
import { cn } from "../../primitives/class-names";
import { countKinds } from "./counts-of";
import { type BoardFilter, isFiltered, noFilter, noGroup, toggled } from "./filter";
import { FilterMenu } from "./filter-menu";

export interface BoardToolsProps {
  filter: BoardFilter;
  onFilterChange: (filter: BoardFilter) => void;
  menuOpen: boolean;
  onMenuOpenChange: (open: boolean) => void;
  shown: number;
  held: boolean;
  moved: number;
}

interface ChipWords {
  field: string;
  value: string;
  without: BoardFilter;
}

function chipsOf(filter: BoardFilter): ChipWords[] {
  const kinds = filter.kinds.map((id) => ({
    field: "Status",
    value: countKinds.find((kind) => kind.id === id)?.word ?? id,
    without: { ...filter, kinds: toggled(filter.kinds, id) },
  }));
  const groups = filter.groups.map((group) => ({
    field: "Group",
    value: group === noGroup ? "none" : group,
    without: { ...filter, groups: toggled(filter.groups, group) },
  }));
  const tags = filter.tags.map((tag) => ({
    field: "Tag",
    value: tag,
    without: { ...filter, tags: toggled(filter.tags, tag) },
  }));
  const text = filter.text
    ? [{ field: "Text", value: `“${filter.text}”`, without: { ...filter, text: "" } }]
    : [];
  return [...kinds, ...groups, ...tags, ...text];
}

/** The line over the table: what is filtered, and whether the order is held. */
export function BoardTools(props: BoardToolsProps) {
  const { filter, onFilterChange, shown, held, moved } = props;
  const filtered = isFiltered(filter);
  return (
    <div className="flex h-11 shrink-0 items-center gap-1.5 overflow-hidden px-4 max-md:hidden">
      {chipsOf(filter).map(({ field, value, without }) => (
        <FilterChip
          key={`${field}:${value}`}
          name={`${field} is ${value}`}
          onRemove={() => onFilterChange(without)}
        >
          {field} <b>{value}</b>
        </FilterChip>
      ))}
      <FilterMenu
        filter={filter}
        onFilterChange={onFilterChange}
        open={props.menuOpen}
        onOpenChange={props.onMenuOpenChange}
      />
      {filtered ? (
        <>
          <Chip variant="quiet" onClick={() => onFilterChange(noFilter)}>
            Show all
          </Chip>
          <span className="num text-muted-foreground text-xs" role="status">
            {formatCount(shown)} shown
          </span>
        </>
      ) : null}
      <span className="ml-auto" />
      {held ? (
        <span
          className={cn(chipVariants({ variant: "quiet" }), "num")}
          title="Rows keep their place while the pointer or the focus is in the table"
        >
          <Pin aria-hidden="true" />
          Order held{moved > 0 ? " · " : ""}
          {moved > 0 ? (
            <b>{moved === 1 ? "1 row would move" : `${formatCount(moved)} rows would move`}</b>
          ) : null}
        </span>
      ) : null}
      <span className={cn(chipVariants({ variant: "quiet" }))}>
        <ArrowUpDown aria-hidden="true" />
        Worst first
      </span>
    </div>
  );
}
