import type { ReactNode } from "react";

/** A part of the list under its own head. */
export function ListPart({
  title,
  count,
  action,
  children,
}: {
  title: string;
  count: number | undefined;
  /** At the right end, after the count. */
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <h2 className="flex items-center justify-between px-4 pt-3.5 pb-1.25 font-medium text-2xs text-muted-foreground max-md:text-xs">
        {title}
        <span className="flex items-center gap-3">
          {action}
          <span className="num">{count ?? ""}</span>
        </span>
      </h2>
      <ul aria-label={title}>{children}</ul>
    </>
  );
}
