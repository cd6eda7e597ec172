"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as RadixCheckbox } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { useFieldControl } from "./field-context";

/** A box of 14 px whose touch area is 28 px, 44 on a phone. `checked` may be "indeterminate". */
export function Checkbox({ className, ...given }: ComponentProps<typeof RadixCheckbox.Root>) {
  const props = useFieldControl(given);
  return (
    <RadixCheckbox.Root
      data-slot="checkbox"
      className={cn(
        "group relative inline-grid size-3.5 shrink-0 place-items-center rounded-[3px] border border-input bg-card align-middle",
        "text-primary-foreground data-[state=checked]:border-primary data-[state=indeterminate]:border-primary",
        "data-[state=checked]:bg-primary data-[state=indeterminate]:bg-primary aria-invalid:border-destructive",
        "before:absolute before:-inset-2 before:content-[''] max-md:before:-inset-4",
        "disabled:cursor-not-allowed disabled:opacity-55",
        className,
      )}
      {...props}
    >
      <RadixCheckbox.Indicator className="grid place-items-center">
        <Check
          aria-hidden="true"
          className="size-2.5 group-data-[state=indeterminate]:hidden"
          strokeWidth={3}
        />
        <Minus
          aria-hidden="true"
          className="hidden size-2.5 group-data-[state=indeterminate]:block"
          strokeWidth={3.5}
        />
      </RadixCheckbox.Indicator>
    </RadixCheckbox.Root>
  );
}
