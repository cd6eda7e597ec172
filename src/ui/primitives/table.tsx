import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** A dense table: rows of 32 px, one line each. Give the columns' widths by a colgroup: rows then never jump. */
export function Table({ className, ...props }: ComponentProps<"table">) {
  return (
    <table
      data-slot="table"
      className={cn("w-full table-fixed border-separate border-spacing-0 text-sm", className)}
      {...props}
    />
  );
}

export function TableHeader({ className, ...props }: ComponentProps<"thead">) {
  return (
    <thead data-slot="table-header" className={cn("sticky top-0 z-10 bg-background", className)} {...props} />
  );
}

export function TableBody(props: ComponentProps<"tbody">) {
  return <tbody data-slot="table-body" {...props} />;
}

/** The marks of a row: `selected` and `held` belong to a person's hand, `alarmed` needs one, `dimmed` cannot be known. */
export function TableRow({
  className,
  selected = false,
  held = false,
  alarmed = false,
  dimmed = false,
  ...props
}: ComponentProps<"tr"> & { selected?: boolean; held?: boolean; alarmed?: boolean; dimmed?: boolean }) {
  return (
    <tr
      data-slot="table-row"
      aria-selected={selected || undefined}
      className={cn(
        "hover:[&>td]:bg-accent",
        alarmed &&
          "[&>td:first-child]:shadow-[inset_2px_0_0_var(--status-offline-fill)] [&>td]:bg-status-offline/5",
        selected && "[&>td]:bg-hand/7",
        (selected || held) && "[&>td:first-child]:shadow-[inset_2px_0_0_var(--hand)]",
        dimmed && "[&>td]:text-muted-foreground",
        className,
      )}
      {...props}
    />
  );
}

export function TableHead({
  className,
  numeric = false,
  ...props
}: ComponentProps<"th"> & { numeric?: boolean }) {
  return (
    <th
      data-slot="table-head"
      scope="col"
      className={cn(
        "h-7 whitespace-nowrap border-b px-1.5 text-left font-medium text-2xs text-muted-foreground",
        "first:pl-4 last:pr-4",
        numeric && "text-right",
        className,
      )}
      {...props}
    />
  );
}

export function TableCell({
  className,
  numeric = false,
  ...props
}: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td
      data-slot="table-cell"
      className={cn(
        "h-8 overflow-hidden text-ellipsis whitespace-nowrap border-border/62 border-b px-1.5 align-middle leading-[18px]",
        "first:pl-4 last:pr-4",
        numeric && "num text-right",
        className,
      )}
      {...props}
    />
  );
}

/** The head over a column of buttons: nothing to see, a word for screen readers. */
export function TableActionHead({ children = "Actions", ...props }: ComponentProps<"th">) {
  return (
    <TableHead {...props}>
      <span className="sr-only">{children}</span>
    </TableHead>
  );
}

/** Holds a row's buttons at its right end. What does not fit is never cut to three dots, as words are. */
export function TableActionCell({ className, ...props }: ComponentProps<"td">) {
  return <TableCell className={cn("overflow-visible text-clip text-right", className)} {...props} />;
}
