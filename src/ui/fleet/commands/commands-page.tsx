"use client";

import Link from "next/link";
import type { Command } from "@/contracts/fleet/command";
import { countOf } from "../../format/quantity";
import { useNow } from "../../format/ticker";
import { RelativeTime } from "../../format/time";
import { useLiveCommands } from "../../live/hooks";
import { Awaited } from "../../people/awaited";
import { Button } from "../../primitives/button";
import { cn } from "../../primitives/class-names";
import { EmptyState } from "../../primitives/empty-state";
import { NextPage } from "../../primitives/next-page";
import {
  Table,
  TableActionCell,
  TableActionHead,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../primitives/table";
import { ShellPage } from "../../shell/shell-page";
import { CommandStateBadge, CommandSteps } from "../../status/command-steps";
import { commandTitle } from "../action/action-words";
import { useActions } from "../action/actions-context";
import { isOpen, lastWord, tookWord } from "../action/last-word";
import { useCancelCommands } from "./use-cancel-commands";
import { useStoredCommands } from "./use-stored-commands";

/** The log's page with what the board heard since over it, newest first. */
export function mergeCommands(live: readonly Command[], stored: readonly Command[]): Command[] {
  const byId = new Map(stored.map((command) => [command.id, command]));
  for (const command of live) byId.set(command.id, command);
  return [...byId.values()].sort((one, other) => other.requestedAt.localeCompare(one.requestedAt));
}

/** What people asked of agents, live: under way first in sight because it is the newest. */
export function CommandsPage() {
  const live = useLiveCommands();
  const stored = useStoredCommands();
  const commands = mergeCommands(live, stored.data?.pages.flatMap(({ items }) => items) ?? []);
  const known = stored.data || live.length > 0 ? commands : undefined;
  return (
    <>
      <ShellPage title="Commands" />
      <header className="flex shrink-0 items-baseline gap-3 px-5 pt-4 pb-3 max-md:px-4 max-md:pt-1">
        <h1 className="text-xl max-md:sr-only">Commands</h1>
        <p className="num text-muted-foreground">{commands.filter(isOpen).length} under way</p>
      </header>
      <section aria-label="Commands" className="min-h-0 flex-1 overflow-auto">
        <Awaited query={{ data: known, error: stored.error, refetch: stored.refetch }} rows={12}>
          {(shown) =>
            shown.length > 0 ? (
              <CommandTable commands={shown} live={live} />
            ) : (
              <EmptyState title="Nothing was asked of any agent yet">
                Choose agents on the board and restart one, to see it go through its steps here.
              </EmptyState>
            )
          }
        </Awaited>
      </section>
      {stored.hasNextPage ? (
        <footer className="flex h-11 shrink-0 items-center justify-end gap-3.5 border-t px-4 text-muted-foreground text-xs max-md:h-14">
          <span className="num">{countOf(commands.length, "command")} shown</span>
          <NextPage query={stored} words="Older" />
        </footer>
      ) : null}
    </>
  );
}

function CommandTable({ commands, live }: { commands: readonly Command[]; live: readonly Command[] }) {
  const known = new Set(live);
  return (
    <Table className="max-md:min-w-0">
      <TableHeader>
        <tr>
          <TableHead className="w-[190px] max-md:w-auto">What</TableHead>
          <TableHead className="w-[150px] max-md:hidden">Agent</TableHead>
          <TableHead className="w-[130px]">State</TableHead>
          <TableHead className="w-[150px] max-lg:hidden">Steps</TableHead>
          <TableHead className="max-md:hidden">Last word</TableHead>
          <TableHead className="w-[150px] max-xl:hidden">Reason</TableHead>
          <TableHead numeric className="w-[72px] max-lg:hidden">
            Took
          </TableHead>
          <TableHead numeric className="w-[70px]">
            When
          </TableHead>
          <TableActionHead className="w-[80px] max-md:hidden">Cancel</TableActionHead>
        </tr>
      </TableHeader>
      <TableBody>
        {commands.map((command) => (
          <CommandRow key={command.id} command={command} known={known.has(command)} />
        ))}
      </TableBody>
    </Table>
  );
}

function AgentLink({ command, className }: { command: Command; className?: string }) {
  return (
    <Link
      prefetch={false}
      href={`/agents/${command.agentId}`}
      className={cn("cut hover:underline", className)}
    >
      {command.agentName}
    </Link>
  );
}

function CommandRow({ command, known }: { command: Command; known: boolean }) {
  const nowMs = useNow();
  const actions = useActions();
  const cancel = useCancelCommands([command]);
  const words = commandTitle(command);
  const last = lastWord(command, nowMs);
  return (
    <TableRow held={isOpen(command)} data-command={command.state}>
      <TableCell title={words} className="max-md:h-14">
        {known ? (
          <button
            type="button"
            onClick={() => actions.show(command.batchId)}
            className="cut max-w-full font-strong hover:underline"
          >
            {words}
          </button>
        ) : (
          <span className="font-strong">{words}</span>
        )}
        <AgentLink command={command} className="block text-muted-foreground text-xs md:hidden" />
      </TableCell>
      <TableCell className="max-md:hidden">
        <AgentLink command={command} />
      </TableCell>
      <TableCell>
        <CommandStateBadge state={command.state} className="align-middle" />
      </TableCell>
      <TableCell className="max-lg:hidden">
        <CommandSteps command={command} />
      </TableCell>
      <TableCell className="num text-muted-foreground max-md:hidden" title={last}>
        {last}
      </TableCell>
      <TableCell className="text-muted-foreground max-xl:hidden" title={command.reason}>
        {command.reason}
      </TableCell>
      <TableCell numeric className="text-muted-foreground max-lg:hidden">
        {tookWord(command, nowMs)}
      </TableCell>
      <TableCell numeric className="text-muted-foreground">
        <RelativeTime at={command.requestedAt} />
      </TableCell>
      <TableActionCell className="max-md:hidden">
        {cancel ? (
          <Button className="h-6" busy={cancel.busy} onClick={cancel.run}>
            Cancel
          </Button>
        ) : null}
      </TableActionCell>
    </TableRow>
  );
}
