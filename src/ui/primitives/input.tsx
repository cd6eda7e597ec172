"use client";

import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { useFieldControl } from "./field-context";

/** The edge, the height and the focus of everything one types or picks into. */
export const controlVariants = cva(
  [
    "w-full min-w-0 rounded-md border border-input bg-card text-foreground placeholder:text-muted-foreground",
    "focus-visible:border-ring focus-visible:outline-offset-0",
    "disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-destructive",
  ],
  {
    variants: {
      size: { default: "h-7 px-2.5 max-md:h-11 max-md:px-3", lg: "h-9 px-3 max-md:h-11" },
    },
    defaultVariants: { size: "default" },
  },
);

export type InputProps = Omit<ComponentProps<"input">, "size"> &
  VariantProps<typeof controlVariants> & {
    /** An icon at the left end. */
    lead?: ReactNode;
    /** A key hint or a small button at the right end. */
    trail?: ReactNode;
  };

/** One line of text. Inside a `Field` it is wired to label, hint and error by itself. */
export function Input({ className, size, lead, trail, ...given }: InputProps) {
  const props = useFieldControl(given);
  const input = (
    <input
      data-slot="input"
      className={cn(
        controlVariants({ size }),
        lead && "pl-8 max-md:pl-8",
        trail && "pr-9 max-md:pr-11",
        !lead && !trail && className,
      )}
      {...props}
    />
  );
  if (!lead && !trail) return input;
  return (
    <div data-slot="input-frame" className={cn("relative w-full", className)}>
      {lead ? (
        <span className="pointer-events-none absolute inset-y-0 left-2.5 grid place-items-center text-muted-foreground [&_svg]:size-3.5">
          {lead}
        </span>
      ) : null}
      {input}
      {trail ? <span className="absolute inset-y-0 right-1.5 flex items-center">{trail}</span> : null}
    </div>
  );
}
