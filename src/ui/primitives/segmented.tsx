"use client";

import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-names";

export interface SegmentedOption<Value extends string> {
  value: Value;
  label: ReactNode;
  /** Needed when the label is only an icon. */
  name?: string;
  disabled?: boolean;
}

export interface SegmentedProps<Value extends string> {
  /** What is chosen here, for screen readers. */
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly SegmentedOption<Value>[];
  className?: string;
}

/** One of a few, all in sight. There is always one chosen. */
export function Segmented<Value extends string>({
  label,
  value,
  onValueChange,
  options,
  className,
}: SegmentedProps<Value>) {
  const pick = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    if (option) onValueChange(option.value);
  };
  return (
    <ToggleGroup.Root
      data-slot="segmented"
      type="single"
      aria-label={label}
      value={value}
      onValueChange={pick}
      className={cn("inline-flex h-7 gap-0.5 rounded-md bg-muted p-0.5 max-md:h-11", className)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled ?? false}
          aria-label={option.name}
          title={option.name}
          className={cn(
            "inline-flex items-center gap-1.5 whitespace-nowrap rounded-sm px-2 font-medium text-muted-foreground text-xs",
            "not-disabled:hover:text-foreground data-[state=on]:bg-card data-[state=on]:text-foreground",
            "data-[state=on]:shadow-[0_0_0_1px_var(--border)] dark:data-[state=on]:bg-border",
            "disabled:opacity-55 max-md:px-3 max-md:text-sm [&_svg]:size-3.5",
          )}
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
