import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const badgeVariants = cva("inline-flex shrink-0 items-center whitespace-nowrap", {
  variants: {
    variant: {
      /** A grey word: tags, versions. */
      tag: "h-[18px] rounded-sm bg-muted px-1.25 text-2xs text-muted-foreground leading-none",
      /** A word in a status colour; give `data-tone`. */
      tinted: "tinted h-[22px] gap-1.5 rounded-sm px-2 font-strong text-tone text-xs",
      /** How many; give `data-tone`. */
      count:
        "num tinted h-[18px] min-w-[18px] justify-center rounded-full px-1.25 font-semibold text-2xs text-tone leading-none",
    },
  },
  defaultVariants: { variant: "tag" },
});

export type BadgeTone =
  | "neutral"
  | "online"
  | "working"
  | "waiting"
  | "stuck"
  | "offline"
  | "unknown"
  | "transition"
  | "hand";

/** A small word or number. Tags stay grey: a hue means status. */
export function Badge({
  className,
  variant,
  tone = "neutral",
  ...props
}: ComponentProps<"span"> & VariantProps<typeof badgeVariants> & { tone?: BadgeTone }) {
  return (
    <span
      data-slot="badge"
      data-tone={tone}
      className={cn(badgeVariants({ variant }), className)}
      {...props}
    />
  );
}
