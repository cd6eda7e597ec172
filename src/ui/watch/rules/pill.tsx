"use client";

import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "../../primitives/dropdown-menu";

/** A word of the sentence that can be changed. `fixedBecause`: it is only read, and says why. */
export function Pill({
  label,
  words,
  children,
  fixedBecause,
}: {
  label: string;
  words: string;
  children: ReactNode;
  fixedBecause?: string | undefined;
}) {
  const classes =
    "mx-0.5 inline-flex h-7 max-w-full items-center gap-1.25 rounded-md bg-card px-2 align-[1px] font-strong leading-none text-foreground shadow-[inset_0_0_0_1px_var(--border-strong)] max-md:h-10";
  if (fixedBecause) {
    return (
      <span className={classes} title={fixedBecause}>
        {words}
      </span>
    );
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger aria-label={`${label}: ${words}`} className={`${classes} hover:bg-accent`}>
        <span className="cut py-1">{words}</span>
        <ChevronDown aria-hidden="true" className="size-3 shrink-0 text-faint-foreground" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">{children}</DropdownMenuContent>
    </DropdownMenu>
  );
}
