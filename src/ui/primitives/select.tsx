"use client";

import type { VariantProps } from "class-variance-authority";
import { Check, ChevronsUpDown } from "lucide-react";
import { Select as RadixSelect } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { useFieldControl } from "./field-context";
import { controlVariants } from "./input";
import { menuHeadClasses, menuItemClasses, menuSurfaceClasses } from "./menu-classes";

export const Select = RadixSelect.Root;
export const SelectGroup = RadixSelect.Group;
export const SelectValue = RadixSelect.Value;

export function SelectTrigger({
  className,
  size,
  children,
  ...given
}: ComponentProps<typeof RadixSelect.Trigger> & VariantProps<typeof controlVariants>) {
  const props = useFieldControl(given);
  return (
    <RadixSelect.Trigger
      data-slot="select-trigger"
      className={cn(
        controlVariants({ size }),
        "inline-flex items-center justify-between gap-2 text-left data-[placeholder]:text-muted-foreground",
        "[&>span]:cut",
        className,
      )}
      {...props}
    >
      {children}
      <RadixSelect.Icon asChild>
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-muted-foreground" />
      </RadixSelect.Icon>
    </RadixSelect.Trigger>
  );
}

export function SelectContent({ className, children, ...props }: ComponentProps<typeof RadixSelect.Content>) {
  return (
    <RadixSelect.Portal>
      <RadixSelect.Content
        data-slot="select-content"
        position="popper"
        sideOffset={4}
        className={cn(
          menuSurfaceClasses,
          "max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-y-auto",
          className,
        )}
        {...props}
      >
        <RadixSelect.Viewport>{children}</RadixSelect.Viewport>
      </RadixSelect.Content>
    </RadixSelect.Portal>
  );
}

export function SelectItem({ className, children, ...props }: ComponentProps<typeof RadixSelect.Item>) {
  return (
    <RadixSelect.Item data-slot="select-item" className={cn(menuItemClasses, "pr-8", className)} {...props}>
      <RadixSelect.ItemText>{children}</RadixSelect.ItemText>
      <RadixSelect.ItemIndicator className="absolute right-2">
        <Check aria-hidden="true" className="size-3.5" />
      </RadixSelect.ItemIndicator>
    </RadixSelect.Item>
  );
}

export function SelectLabel({ className, ...props }: ComponentProps<typeof RadixSelect.Label>) {
  return <RadixSelect.Label data-slot="select-label" className={cn(menuHeadClasses, className)} {...props} />;
}
