import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, within } from "@testing-library/react";
import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "@/api/router";
import type { Agent } from "@/contracts/fleet/agent";
import type { Command, CommandKind } from "@/contracts/fleet/command";
import type { AuthStatus } from "@/contracts/people/user";
import { SessionProvider } from "@/ui/api/session";
import { trpc } from "@/ui/api/trpc";
import { GuardedDialog } from "@/ui/fleet/action/guarded-dialog";
import { LiveProvider } from "@/ui/live/live-context";
import { LiveStore } from "@/ui/live/store";
import { TooltipProvider } from "@/ui/primitives/tooltip";
import { sampleAgent, sampleCommand } from "./board-samples";

const aiko: AuthStatus = {
  setupNeeded: false,
  setupUntil: null,
  mustEnrol: false,
  sso: null,
  permissions: ["board:read", "agents:operate"],
  user: {
    id: "aiko",
    email: "aiko@example.test",
    username: null,
    name: "Aiko",
    role: "operator",
    disabledAt: null,
    lockedUntil: null,
    createdAt: "2026-03-12T08:00:00.000Z",
    lastLoginAt: null,
  },
};
/** What reached the server's door, and what it says to it. */
export const server: { asked: unknown[]; refusal: unknown } = { asked: [], refusal: null };
const door: TRPCLink<AppRouter> = () => {
  return ({ op }) =>
    observable((observer) => {
      server.asked.push(op.input);
      if (server.refusal) {
        observer.error(TRPCClientError.from(server.refusal as Error));
        return;
      }
      observer.next({ result: { type: "data", data: { items: [{ id: "cmd_2", batchId: "bat_1" }] } } });
      observer.complete();
    });
};

/** What reached the server's door after what is under way: a form is judged first, so a click alone sends nothing. */
export async function askedByNow(): Promise<unknown[]> {
  await act(async () => {
    await new Promise((resolve) => setImmediate(resolve));
  });
  return server.asked;
}

export const jonas = { kind: "user", id: "jonas", name: "Jonas" } as const;
export const byJonas = (fields: Partial<Command>) =>
  sampleCommand("cmd_1", "a", { agentName: "ledger-reconcile", requestedBy: jonas, ...fields });

/** A guarded dialog of Aiko's on two agents, `a` and `b`, that are live. */
export function openDialog(
  kind: CommandKind,
  ids: readonly string[] = ["a"],
  commands: readonly Command[] = [],
  fields: Partial<Agent> = {},
) {
  let paint = () => {};
  const store = new LiveStore((flush) => {
    paint = flush;
  });
  const agents = [
    sampleAgent("a", { name: "ledger-reconcile", task: "batch 0412", ...fields }),
    sampleAgent("b", { name: "inbox-router", task: "Routing mail, 42 in queue" }),
  ];
  store.load(
    { agents: agents.map((agent, ix) => ({ ix, agent })), commands, alerts: [], notices: [] },
    Date.parse("2026-03-12T14:00:00.000Z"),
  );
  const closed: string[] = [];
  const client = trpc.createClient({ links: [door] });
  const cache = new QueryClient();
  render(
    <trpc.Provider client={client} queryClient={cache}>
      <QueryClientProvider client={cache}>
        <LiveProvider live={{ store, connection: null }}>
          <SessionProvider known={aiko}>
            <TooltipProvider>
              <GuardedDialog
                action={{ kind, agentIds: ids, key: "key" }}
                onClose={() => closed.push("closed")}
                onSent={(batchId) => closed.push(batchId)}
              />
            </TooltipProvider>
          </SessionProvider>
        </LiveProvider>
      </QueryClientProvider>
    </trpc.Provider>,
  );
  const tell = (change: (store: LiveStore) => void) =>
    act(() => {
      change(store);
      paint();
    });
  let seq = 0;
  const hear = (command: Command) =>
    tell((live) => {
      seq += 1;
      const c = [{ kind: "command" as const, id: command.id, patch: { ...command }, factSeq: seq }];
      live.apply([{ s: seq, t: Date.parse("2026-03-12T14:00:30.000Z"), c }]);
    });
  return { tell, hear, closed, dialog: within(screen.getByRole("dialog")) };
}
