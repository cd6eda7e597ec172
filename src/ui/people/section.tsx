import type { ReactNode } from "react";
import { cn } from "../primitives/class-names";

/** One page of the settings: what it is about, the one thing to do, and the list. */
export function Section({
  title,
  lead,
  action,
  children,
  className,
}: {
  title: string;
  lead: ReactNode;
  action?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <div className={cn("relative min-h-0 flex-1 overflow-y-auto", className)}>
      <section className="mx-auto max-w-[960px] px-4 py-6 max-md:px-0 max-md:py-4">
        <header className="mb-4 flex items-start gap-4 max-md:flex-col max-md:gap-3 max-md:px-4">
          <div className="min-w-0 flex-1">
            <h1 className="text-xl">{title}</h1>
            <p className="mt-0.5 max-w-prose text-muted-foreground">{lead}</p>
          </div>
          {action}
        </header>
        {children}
      </section>
    </div>
  );
}

/** The frame of a list: a card on a desk, the full width on a phone. */
export function ListFrame({ children, label }: { children: ReactNode; label: string }) {
  return (
    <section
      aria-label={label}
      className="overflow-clip rounded-lg border bg-card max-md:rounded-none max-md:border-x-0 [&_tbody_tr:last-child>td]:border-b-0"
    >
      {children}
    </section>
  );
}
