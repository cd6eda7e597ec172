import { cva, type VariantProps } from "class-variance-authority";
import { X } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

export const chipVariants = cva(
  [
    "inline-flex h-6 items-center gap-1.25 whitespace-nowrap rounded-md border px-2 text-muted-foreground text-xs",
    "[&_b]:font-medium [&_b]:text-foreground [&_svg]:size-3 [&_svg]:shrink-0 max-md:h-9 max-md:px-3",
  ],
  {
    variants: {
      variant: {
        solid: "border-border bg-card",
        dashed: "border-border-strong border-dashed bg-transparent",
        quiet: "border-transparent bg-transparent",
      },
      pressed: { true: "border-border-strong bg-accent text-foreground", false: "" },
    },
    defaultVariants: { variant: "solid", pressed: false },
  },
);

/** A small button for a filter, a suggestion or a view setting. `pressed` makes it a toggle. */
export function Chip({
  className,
  variant,
  pressed,
  ...props
}: ComponentProps<"button"> & Omit<VariantProps<typeof chipVariants>, "pressed"> & { pressed?: boolean }) {
  return (
    <button
      data-slot="chip"
      type="button"
      aria-pressed={pressed}
      className={cn(chipVariants({ variant, pressed: pressed ?? false }), "hover:bg-accent", className)}
      {...props}
    />
  );
}

/** A filter that is on, with a way to take it off. `name` says it in words: "Tag is prod". */
export function FilterChip({
  name,
  onRemove,
  className,
  children,
  ...props
}: ComponentProps<"span"> & { name: string; onRemove: () => void }) {
  return (
    <span data-slot="filter-chip" className={cn(chipVariants(), "pr-0.5", className)} {...props}>
      {children}
      <button
        type="button"
        onClick={onRemove}
        aria-label={`Remove filter: ${name}`}
        className="grid size-5 place-items-center rounded-sm hover:bg-accent hover:text-foreground max-md:size-8"
      >
        <X aria-hidden="true" />
      </button>
    </span>
  );
}
