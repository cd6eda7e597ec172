"use client";

import { Search } from "lucide-react";
import type { Ref } from "react";
import { cn } from "../primitives/class-names";
import { Input } from "../primitives/input";
import { Kbd } from "../primitives/kbd";
import type { ShellSearch } from "./shell-types";

const defaultWords = "Search agents, hosts, sessions";

/** A real field where the page can search, else a button that opens the command menu. "/" leads to both. */
export function SearchField({
  search,
  onOpenMenu,
  inputRef,
  className,
}: {
  search?: ShellSearch | undefined;
  onOpenMenu: () => void;
  inputRef: Ref<HTMLInputElement>;
  className?: string;
}) {
  if (!search) {
    return (
      <button
        type="button"
        onClick={onOpenMenu}
        aria-keyshortcuts="/"
        className={cn(
          "flex h-7 items-center gap-2 rounded-md border border-input bg-card pr-1.5 pl-2.5 text-muted-foreground",
          className,
        )}
      >
        <Search aria-hidden="true" className="size-3.5" />
        <span className="cut flex-1 text-left">{defaultWords}</span>
        <Kbd>/</Kbd>
      </button>
    );
  }
  return (
    <Input
      ref={inputRef}
      type="search"
      value={search.value}
      onChange={(event) => search.onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        search.onChange("");
        event.currentTarget.blur();
      }}
      aria-label={search.placeholder ?? defaultWords}
      placeholder={search.placeholder ?? defaultWords}
      aria-keyshortcuts="/"
      lead={<Search aria-hidden="true" />}
      trail={<Kbd>/</Kbd>}
      className={className}
    />
  );
}
