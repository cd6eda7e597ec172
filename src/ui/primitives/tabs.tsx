"use client";

import { Tabs as RadixTabs } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

export const Tabs = RadixTabs.Root;

/** The underlined row of one page's parts; scrolls sideways on a phone. */
export function TabsList({ className, ...props }: ComponentProps<typeof RadixTabs.List>) {
  return (
    <RadixTabs.List
      data-slot="tabs-list"
      className={cn("flex items-stretch gap-5 overflow-x-auto border-b [scrollbar-width:none]", className)}
      {...props}
    />
  );
}

export const tabClasses = [
  "relative inline-flex h-10 shrink-0 items-center gap-1.5 whitespace-nowrap font-medium text-muted-foreground text-sm",
  "hover:text-foreground focus-visible:outline-offset-[-2px] max-md:h-11 max-md:text-base",
  "after:absolute after:inset-x-0 after:bottom-0 after:h-0.5 after:rounded-[1px] after:bg-transparent",
  "data-[state=active]:text-foreground data-[state=active]:after:bg-foreground",
  "aria-[current=page]:text-foreground aria-[current=page]:after:bg-foreground",
].join(" ");

/** Tabs that are addresses of their own: use `tabClasses` on a link with `aria-current="page"`. */
export function TabsTrigger({ className, ...props }: ComponentProps<typeof RadixTabs.Trigger>) {
  return <RadixTabs.Trigger data-slot="tabs-trigger" className={cn(tabClasses, className)} {...props} />;
}

export function TabsContent({ className, ...props }: ComponentProps<typeof RadixTabs.Content>) {
  return <RadixTabs.Content data-slot="tabs-content" className={cn("min-w-0", className)} {...props} />;
}
