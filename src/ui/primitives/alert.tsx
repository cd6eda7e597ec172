import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

const alertVariants = cva("flex gap-[9px] border px-2.5 py-2 text-xs [&_svg]:shrink-0", {
  variants: {
    tone: {
      neutral: "border-border bg-muted [&>svg]:text-muted-foreground",
      hand: "tinted border-tone/30 [&>svg]:text-tone [&_b]:text-tone",
      waiting: "tinted border-tone/30 [&>svg]:text-tone [&_b]:text-tone",
      stuck: "tinted border-tone/30 [&>svg]:text-tone [&_b]:text-tone",
      offline: "tinted border-tone/30 [&>svg]:text-tone [&_b]:text-tone",
    },
    /** note: a box inside a page or dialog; banner: the full width under the header. */
    shape: { note: "rounded-md", banner: "border-x-0 border-t-0 px-5 py-1.5 text-sm" },
  },
  defaultVariants: { tone: "neutral", shape: "note" },
});

export interface AlertProps extends ComponentProps<"div">, VariantProps<typeof alertVariants> {
  /** A lucide icon or an avatar. */
  icon?: ReactNode;
  /** Buttons at the right end. */
  actions?: ReactNode;
}

/** A message in the page. `role="alert"` only where it appears by itself and cannot wait; else it is a status. */
export function Alert({ className, tone, shape, icon, actions, children, ...props }: AlertProps) {
  return (
    <div
      data-slot="alert"
      data-tone={tone ?? "neutral"}
      role="status"
      className={cn(alertVariants({ tone, shape }), actions && "items-center max-md:flex-wrap", className)}
      {...props}
    >
      {icon ? (
        <span
          className={cn(
            "shrink-0 text-muted-foreground [&_svg:not([class*=size-])]:size-3.5",
            actions ? "" : "mt-0.5",
            tone && tone !== "neutral" && "text-tone",
          )}
        >
          {icon}
        </span>
      ) : null}
      <div className="min-w-0 flex-1 max-md:basis-1/2 [&_b]:font-strong">{children}</div>
      {actions ? <div className="flex shrink-0 items-center gap-1.5 max-md:ml-auto">{actions}</div> : null}
    </div>
  );
}
