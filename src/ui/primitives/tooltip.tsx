"use client";

import { Tooltip as RadixTooltip } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

/** Once, around the whole page (the root layout has it): moving between hints then shows them at once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <RadixTooltip.Provider delayDuration={350} skipDelayDuration={200}>
      {children}
    </RadixTooltip.Provider>
  );
}

export const Tooltip = RadixTooltip.Root;
export const TooltipTrigger = RadixTooltip.Trigger;

/** Short words for sighted users beside an accessible name; never the only place of a fact. */
export function TooltipContent({ className, ...props }: ComponentProps<typeof RadixTooltip.Content>) {
  return (
    <RadixTooltip.Portal>
      <RadixTooltip.Content
        data-slot="tooltip-content"
        sideOffset={6}
        collisionPadding={8}
        className={cn(
          "z-60 max-w-xs rounded-md bg-primary px-2.25 py-1.25 text-primary-foreground text-xs leading-[17px]",
          "fade-in-0 animate-in duration-100",
          className,
        )}
        {...props}
      />
    </RadixTooltip.Portal>
  );
}
