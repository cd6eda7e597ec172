"use client";

import { ScrollArea as RadixScrollArea } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** A scrolling box with a thin bar that shows on need; reachable by keyboard. */
export function ScrollArea({ className, children, ...props }: ComponentProps<typeof RadixScrollArea.Root>) {
  return (
    <RadixScrollArea.Root
      data-slot="scroll-area"
      className={cn("relative overflow-hidden", className)}
      {...props}
    >
      <RadixScrollArea.Viewport className="size-full rounded-[inherit]">{children}</RadixScrollArea.Viewport>
      <RadixScrollArea.Scrollbar
        orientation="vertical"
        className="flex w-2 touch-none select-none p-px transition-colors"
      >
        <RadixScrollArea.Thumb className="flex-1 rounded-full bg-border-strong" />
      </RadixScrollArea.Scrollbar>
    </RadixScrollArea.Root>
  );
}
