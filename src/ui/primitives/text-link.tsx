import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

export const textLinkClasses = [
  "rounded-[2px] text-foreground underline decoration-border-strong underline-offset-3 hover:decoration-foreground",
  "disabled:cursor-not-allowed disabled:opacity-55",
].join(" ");

/** Underlined words. `asChild` around a Next link, else a button that looks like one. */
export function TextLink({ className, asChild, ...props }: ComponentProps<"button"> & { asChild?: boolean }) {
  const classes = cn(textLinkClasses, className);
  if (asChild) return <Slot.Root data-slot="text-link" className={classes} {...props} />;
  return <button data-slot="text-link" type="button" className={classes} {...props} />;
}
