"use client";

import { Search, X } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { Button } from "../../primitives/button";
import { cn } from "../../primitives/class-names";
import { Input } from "../../primitives/input";
import { Select, SelectContent, SelectItem, SelectTrigger } from "../../primitives/select";
import { type AuditFilter, filterSearch, themes } from "./audit-filter";

const typingMs = 300;

/** The filters of the log. Each becomes part of the address, so that a view can be sent to somebody. */
export function FilterBar({
  filter,
  onChange,
}: {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}) {
  const put = (name: keyof AuditFilter, value: string) => {
    const { [name]: _, ...others } = filter;
    onChange(value ? { ...others, [name]: value } : others);
  };
  return (
    <search className="flex flex-wrap items-center gap-2 px-4 pb-2.5">
      <TypedField
        label="Search actor, target or reason"
        placeholder="Actor, target or reason"
        value={filter.q ?? ""}
        onChange={(value) => put("q", value)}
        className="w-[230px] max-md:w-full"
        lead
      />
      <TypedField
        label="Who did it"
        placeholder="Who"
        value={filter.actor ?? ""}
        onChange={(value) => put("actor", value)}
        className="w-28 max-md:hidden"
      />
      <DayField label="From" value={filter.from ?? ""} onChange={(value) => put("from", value)} />
      <DayField label="To" value={filter.to ?? ""} onChange={(value) => put("to", value)} />
      {filterSearch(filter) ? (
        <Button variant="ghost" onClick={() => onChange({})}>
          <X aria-hidden="true" />
          Clear
        </Button>
      ) : null}
      <ThemeField kind={filter.kind} onChange={(value) => put("kind", value)} />
    </search>
  );
}

/** Radix takes no empty value for an item. */
const everything = "all";

/** Which part of the log. A kind that is no theme, as an address may carry, stands as it is: the list is narrowed by it. */
function ThemeField({ kind, onChange }: { kind: string | undefined; onChange: (kind: string) => void }) {
  const theme = themes.find((one) => one.kind === kind);
  return (
    <Select value={kind ?? everything} onValueChange={(next) => onChange(next === everything ? "" : next)}>
      <SelectTrigger aria-label="What kind of facts" className="ml-auto w-44 max-md:ml-0 max-md:w-full">
        <span>{theme?.label ?? kind ?? "Everything"}</span>
      </SelectTrigger>
      <SelectContent>
        <SelectItem value={everything}>Everything</SelectItem>
        {themes.map((one) => (
          <SelectItem key={one.kind} value={one.kind}>
            {one.label}
          </SelectItem>
        ))}
        {kind && !theme ? <SelectItem value={kind}>{kind}</SelectItem> : null}
      </SelectContent>
    </Select>
  );
}

/** Text that is asked for when the typing rests: a question a key would be a burden to the database. */
function TypedField({
  label,
  placeholder,
  value,
  onChange,
  className,
  lead = false,
}: {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  className: string;
  lead?: boolean;
}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => onChange(typed.trim()), typingMs);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <Input
      type="search"
      aria-label={label}
      placeholder={placeholder}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      className={className}
      lead={lead ? <Search aria-hidden="true" /> : undefined}
    />
  );
}

function DayField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className={cn("flex items-center gap-1.5 max-md:flex-1", !value && "max-md:hidden")}>
      <label htmlFor={id} className="text-muted-foreground text-xs">
        {label}
      </label>
      <Input
        id={id}
        type="date"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="w-[124px] text-xs max-md:w-full max-md:flex-1"
      />
    </div>
  );
}
