"use client";

import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { useFieldControl } from "./field-context";
import { controlVariants } from "./input";

/** Several lines; grows with its text up to a third of the window where the browser can. */
export function Textarea({ className, ...given }: ComponentProps<"textarea">) {
  const props = useFieldControl(given);
  return (
    <textarea
      data-slot="textarea"
      rows={2}
      className={cn(
        controlVariants(),
        "field-sizing-content h-auto max-h-[33vh] min-h-[50px] resize-none px-2.5 py-1.5 leading-[18px] max-md:h-auto",
        className,
      )}
      {...props}
    />
  );
}
