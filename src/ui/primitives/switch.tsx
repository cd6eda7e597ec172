"use client";

import { Switch as RadixSwitch } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { useFieldControl } from "./field-context";

/** On or off at once, without a save. For a choice inside a form use Checkbox. */
export function Switch({ className, ...given }: ComponentProps<typeof RadixSwitch.Root>) {
  const props = useFieldControl(given);
  return (
    <RadixSwitch.Root
      data-slot="switch"
      className={cn(
        "relative inline-flex h-4 w-7 shrink-0 items-center rounded-full bg-input transition-colors duration-100",
        "data-[state=checked]:bg-primary disabled:cursor-not-allowed disabled:opacity-55",
        "before:absolute before:-inset-2 before:content-[''] max-md:before:-inset-3.5",
        className,
      )}
      {...props}
    >
      <RadixSwitch.Thumb className="block size-3 translate-x-0.5 rounded-full bg-card transition-transform duration-100 data-[state=checked]:translate-x-3.5 data-[state=checked]:bg-primary-foreground" />
    </RadixSwitch.Root>
  );
}
