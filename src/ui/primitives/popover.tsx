"use client";

import { Popover as RadixPopover } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { menuSurfaceClasses } from "./menu-classes";

export const Popover = RadixPopover.Root;
export const PopoverTrigger = RadixPopover.Trigger;
export const PopoverAnchor = RadixPopover.Anchor;
export const PopoverClose = RadixPopover.Close;

export function PopoverContent({ className, ...props }: ComponentProps<typeof RadixPopover.Content>) {
  return (
    <RadixPopover.Portal>
      <RadixPopover.Content
        data-slot="popover-content"
        align="start"
        sideOffset={8}
        collisionPadding={12}
        className={cn(menuSurfaceClasses, "w-[min(420px,calc(100vw-24px))] px-3.5 py-3", className)}
        {...props}
      />
    </RadixPopover.Portal>
  );
}
