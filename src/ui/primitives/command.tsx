"use client";

import { Command as Cmdk, defaultFilter } from "cmdk";
import { Search } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "./dialog";
import { Kbd } from "./kbd";
import { menuHeadClasses, menuItemClasses } from "./menu-classes";

export function Command({ className, ...props }: ComponentProps<typeof Cmdk>) {
  return (
    <Cmdk data-slot="command" className={cn("flex min-h-0 flex-col overflow-hidden", className)} {...props} />
  );
}

/** How well an item fits, by its words alone: the letters of its id would make everything fit a little. */
const byWords = (_id: string, search: string, words?: string[]) =>
  defaultFilter((words ?? []).join(" "), search);

/** The list to type into, as a window over the page. `keywords` of its items are what is looked through. */
export function CommandDialog({
  open,
  onOpenChange,
  title,
  description,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  children: ReactNode;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent hideClose className="md:top-[14vh] md:max-w-[560px] md:translate-y-0" aria-modal="true">
        <DialogTitle className="sr-only">{title}</DialogTitle>
        <DialogDescription className="sr-only">{description}</DialogDescription>
        <Command loop filter={byWords}>
          {children}
        </Command>
      </DialogContent>
    </Dialog>
  );
}

export function CommandInput({ className, ...props }: ComponentProps<typeof Cmdk.Input>) {
  return (
    <div data-slot="command-input" className="flex h-11 shrink-0 items-center gap-2.5 border-b px-3.5">
      <Search aria-hidden="true" className="size-3.5 shrink-0 text-muted-foreground" />
      <Cmdk.Input
        className={cn(
          "h-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted-foreground",
          className,
        )}
        {...props}
      />
      <Kbd>Esc</Kbd>
    </div>
  );
}

export function CommandList({ className, ...props }: ComponentProps<typeof Cmdk.List>) {
  return (
    <Cmdk.List
      data-slot="command-list"
      className={cn("max-h-[min(420px,60dvh)] overflow-y-auto overscroll-contain p-1.25", className)}
      {...props}
    />
  );
}

export function CommandEmpty({ className, ...props }: ComponentProps<typeof Cmdk.Empty>) {
  return (
    <Cmdk.Empty className={cn("px-2 py-6 text-center text-muted-foreground text-xs", className)} {...props} />
  );
}

export function CommandGroup({ className, heading, ...props }: ComponentProps<typeof Cmdk.Group>) {
  return (
    <Cmdk.Group
      data-slot="command-group"
      heading={<span className={cn(menuHeadClasses, "block")}>{heading}</span>}
      className={className}
      {...props}
    />
  );
}

export function CommandItem({ className, ...props }: ComponentProps<typeof Cmdk.Item>) {
  return <Cmdk.Item data-slot="command-item" className={cn(menuItemClasses, className)} {...props} />;
}
