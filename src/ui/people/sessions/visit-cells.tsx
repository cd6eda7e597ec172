import type { ReactNode } from "react";
import { RelativeTime } from "../../format/time";
import { TableActionHead, TableCell, TableHead, TableHeader } from "../../primitives/table";
import { VisitName } from "./visit-name";

/** Columns of the lists of what is signed in: what, from where, and when it last came. */
export function VisitHead({ what, when }: { what: string; when: string }) {
  return (
    <>
      <colgroup>
        <col />
        <col className="w-40 max-md:hidden" />
        <col className="w-28 max-md:w-24" />
        <col className="w-28 max-md:w-28" />
      </colgroup>
      <TableHeader>
        <tr>
          <TableHead>{what}</TableHead>
          <TableHead className="max-md:hidden">From</TableHead>
          <TableHead numeric>{when}</TableHead>
          <TableActionHead />
        </tr>
      </TableHeader>
    </>
  );
}

/** The cells under them. On a phone the place stands under the name. */
export function VisitCells({
  name,
  badge,
  how,
  ip,
  at,
}: {
  name: string;
  badge?: ReactNode;
  /** How and when it came in. */
  how: ReactNode;
  ip: string | null;
  at: string;
}) {
  return (
    <>
      <TableCell className="h-11 max-md:h-20">
        <VisitName name={name} badge={badge}>
          <span className="cut text-muted-foreground text-xs">{how}</span>
          <span className="mono cut text-muted-foreground text-xs md:hidden">{ip ?? "place unknown"}</span>
        </VisitName>
      </TableCell>
      <TableCell className="mono max-md:hidden">{ip ?? "–"}</TableCell>
      <TableCell numeric className="text-muted-foreground">
        <RelativeTime at={at} suffix="ago" />
      </TableCell>
    </>
  );
}
