"use client";

import { useState } from "react";
import type { Fact } from "@/contracts/facts";
import { zoneName } from "../../format/exact-time";
import { Table, TableBody, TableHead, TableHeader } from "../../primitives/table";
import { FactRow } from "./fact-row";

export function FactTable({ facts }: { facts: readonly Fact[] }) {
  const [open, setOpen] = useState<number | null>(null);
  return (
    <Table>
      <colgroup>
        <col className="w-[72px] max-md:hidden" />
        <col className="w-[108px] max-md:hidden" />
        <col className="w-[148px] max-md:w-auto" />
        <col className="w-[188px] max-md:hidden" />
        <col className="max-md:hidden" />
        <col className="max-lg:hidden" />
        <col className="w-[180px] max-lg:hidden" />
        <col className="w-12" />
      </colgroup>
      <TableHeader className="max-md:hidden">
        <tr>
          <TableHead numeric>No.</TableHead>
          <TableHead>
            <span suppressHydrationWarning>Time, {zoneName()}</span>
          </TableHead>
          <TableHead>Who</TableHead>
          <TableHead>Did</TableHead>
          <TableHead>To</TableHead>
          <TableHead className="max-lg:hidden">Why</TableHead>
          <TableHead className="max-lg:hidden">Before and after</TableHead>
          <TableHead>
            <span className="sr-only">Open</span>
          </TableHead>
        </tr>
      </TableHeader>
      <TableBody>
        {facts.map((fact) => (
          <FactRow
            key={fact.seq}
            fact={fact}
            open={open === fact.seq}
            onToggle={() => setOpen(open === fact.seq ? null : fact.seq)}
          />
        ))}
      </TableBody>
    </Table>
  );
}
