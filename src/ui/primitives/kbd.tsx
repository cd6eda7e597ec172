import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** A key to press. Decoration beside a control: the control says it in aria-keyshortcuts. */
export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      data-slot="kbd"
      className={cn(
        "inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border bg-background px-1.25",
        "font-medium font-sans text-2xs text-muted-foreground leading-none max-md:hidden",
        className,
      )}
      {...props}
    />
  );
}
