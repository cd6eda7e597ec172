import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** Holds the place of a text of the same width. The region that loads says it once with `aria-busy`. */
export function Skeleton({ className, ...props }: ComponentProps<"span">) {
  return (
    <span
      data-slot="skeleton"
      aria-hidden="true"
      className={cn("inline-block h-[9px] w-16 rounded-sm bg-border align-middle", className)}
      {...props}
    />
  );
}
