import { Separator as RadixSeparator } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

export function Separator({
  className,
  orientation = "horizontal",
  ...props
}: ComponentProps<typeof RadixSeparator.Root>) {
  return (
    <RadixSeparator.Root
      data-slot="separator"
      decorative
      orientation={orientation}
      className={cn(
        "shrink-0 bg-border",
        orientation === "vertical" ? "h-[18px] w-px" : "h-px w-full",
        className,
      )}
      {...props}
    />
  );
}
