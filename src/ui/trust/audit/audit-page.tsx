"use client";

import { ArrowDown, ArrowUp, Download, ShieldCheck } from "lucide-react";
import { trpc } from "../../api/trpc";
import { countOf } from "../../format/quantity";
import { Awaited } from "../../people/awaited";
import { OnlyFor } from "../../people/only-for";
import { Button } from "../../primitives/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "../../primitives/dropdown-menu";
import { EmptyState } from "../../primitives/empty-state";
import { ShellPage } from "../../shell/shell-page";
import { filterSearch } from "./audit-filter";
import { ChainBadge } from "./chain-badge";
import { FactTable } from "./fact-table";
import { FilterBar } from "./filter-bar";
import { useAuditFilter } from "./use-audit-filter";
import { useAuditLog } from "./use-audit-log";
import { useExport } from "./use-export";

export function AuditPage() {
  return (
    <>
      <ShellPage title="Audit" />
      <OnlyFor permission="audit:read" what="the audit log">
        <AuditLog />
      </OnlyFor>
    </>
  );
}

/** Who did what, when, to what and why, with the proof that nobody changed it since. */
function AuditLog() {
  const [filter, setFilter] = useAuditFilter();
  const chain = trpc.audit.chain.useQuery({}, { staleTime: 60_000 });
  const { log, facts, newer, showNewest } = useAuditLog(filter);
  const { busy, download } = useExport(filter);
  const verify = () => {
    void chain.refetch();
    void log.refetch();
  };
  return (
    <>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pt-3.5 pb-2">
        <h1 className="text-xl max-md:sr-only">Audit</h1>
        <div className="min-w-0 flex-1">
          <ChainBadge chain={chain.data} checking={chain.isFetching} error={chain.error} />
        </div>
        <Button onClick={verify} busy={chain.isFetching}>
          <ShieldCheck aria-hidden="true" />
          Verify now
        </Button>
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button busy={busy}>
              <Download aria-hidden="true" />
              Download
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent>
            <DropdownMenuItem onSelect={() => download("csv")}>What is shown, as CSV</DropdownMenuItem>
            <DropdownMenuItem onSelect={() => download("json")}>What is shown, as JSON</DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
      </header>
      <FilterBar filter={filter} onChange={setFilter} />
      <section aria-label="Facts" className="min-h-0 flex-1 overflow-y-auto">
        <Awaited query={{ data: facts, error: log.error, refetch: log.refetch }} rows={12}>
          {(rows) =>
            rows.length > 0 ? (
              <FactTable facts={rows} />
            ) : (
              <EmptyState
                title={filterSearch(filter) ? "Nothing fits this filter" : "Nothing has happened yet"}
                actions={
                  filterSearch(filter) ? (
                    <Button onClick={() => setFilter({})}>Clear the filter</Button>
                  ) : null
                }
              >
                Every sign-in, command, alert and change is written here the moment it happens.
              </EmptyState>
            )
          }
        </Awaited>
      </section>
      <footer className="flex h-11 shrink-0 items-center gap-3.5 border-t px-4 text-muted-foreground text-xs max-md:h-14">
        <span role="status" className={newer ? "min-w-0 flex-1" : "min-w-0 flex-1 max-md:hidden"}>
          {newer ? (
            <Button variant="ghost" onClick={showNewest}>
              <ArrowUp aria-hidden="true" />
              Newer facts came
            </Button>
          ) : (
            "Facts are added, never changed."
          )}
        </span>
        <span className="num max-md:flex-1">{facts ? `${countOf(facts.length, "fact")} shown` : ""}</span>
        <Button busy={log.isFetchingNextPage} disabled={!log.hasNextPage} onClick={() => log.fetchNextPage()}>
          Older
          <ArrowDown aria-hidden="true" />
        </Button>
      </footer>
    </>
  );
}
