import type { ReactNode } from "react";
import { cn } from "./class-names";

/** Nothing here yet: says why, and what to do next. */
export function EmptyState({
  title,
  children,
  icon,
  actions,
  className,
}: {
  title: string;
  children?: ReactNode;
  icon?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  return (
    <div
      data-slot="empty-state"
      className={cn("mx-auto flex max-w-md flex-col items-center px-6 py-12 text-center", className)}
    >
      {icon ? (
        <span aria-hidden="true" className="mb-3 text-faint-foreground [&_svg]:size-5">
          {icon}
        </span>
      ) : null}
      <h2 className="text-base">{title}</h2>
      {children ? <div className="mt-1 text-muted-foreground">{children}</div> : null}
      {actions ? <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
