"use client";

import { useState } from "react";
import type { Fact } from "@/contracts/facts";
import { trpc } from "../../api/trpc";
import { formatCount } from "../../format/quantity";
import { tellFailure } from "../../people/tell";
import { toast } from "../../primitives/toast";
import { type AuditFilter, filterQuery } from "./audit-filter";
import { factsCsv } from "./export-facts";

const pageSize = 500;
/** What a browser holds without trouble; `mc audit export` has no such end. */
const mostFacts = 20_000;

/** Downloads what the filter shows, all pages of it, up to 20,000 facts. */
export function useExport(filter: AuditFilter) {
  const cache = trpc.useUtils();
  const [busy, setBusy] = useState(false);
  const gather = async () => {
    const facts: Fact[] = [];
    let cursor: string | undefined;
    do {
      const page = await cache.audit.list.fetch({
        ...filterQuery(filter),
        limit: pageSize,
        ...(cursor ? { cursor } : {}),
      });
      facts.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor && facts.length < mostFacts);
    return { facts, cut: cursor !== undefined };
  };
  const download = async (format: "csv" | "json") => {
    setBusy(true);
    try {
      const { facts, cut } = await gather();
      const text = format === "csv" ? factsCsv(facts) : JSON.stringify(facts, null, 2);
      save(text, `audit-${new Date().toISOString().slice(0, 10)}.${format}`, format);
      const detail = cut
        ? "The newest ones: for all of them narrow the filter, or use mc audit export."
        : undefined;
      toast.done({ title: `${formatCount(facts.length)} facts downloaded`, ...(detail ? { detail } : {}) });
    } catch (error) {
      tellFailure("Nothing was downloaded")(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, download };
}

function save(text: string, name: string, format: "csv" | "json"): void {
  const type = format === "csv" ? "text/csv;charset=utf-8" : "application/json";
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
