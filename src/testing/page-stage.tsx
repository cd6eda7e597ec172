import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, type RenderResult, render } from "@testing-library/react";
import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { ReactNode } from "react";
import type { AppRouter } from "@/api/router";
import type { Agent } from "@/contracts/fleet/agent";
import type { Command } from "@/contracts/fleet/command";
import { permissionsOf, type Role } from "@/contracts/people/role";
import type { User } from "@/contracts/people/user";
import type { BoardAlert } from "@/contracts/wire/board-fold";
import type { NewsPatch } from "@/contracts/wire/browser";
import { SessionContext } from "@/ui/api/session";
import { trpc } from "@/ui/api/trpc";
import { LiveProvider } from "@/ui/live/live-context";
import { LiveStore } from "@/ui/live/store";
import { TooltipProvider } from "@/ui/primitives/tooltip";

/** What was asked of the server: "alerts.list", and with what. */
export interface Asked {
  path: string;
  input: unknown;
}

/** Answers of a server that fails, or from which no answer comes. */
export const refused = Symbol("refused");
export const silent = Symbol("silent");

/**
 * What a part of a page stands in, for tests without a server: a live board of `agents` and `commands` on which `alerts`
 * fire, Mira in her role, and `answer`, which is given what is asked and says what the server would. `asked` are the
 * questions in their order.
 * `hear` brings an alert as the live line would, `hearNews` tells that something happened to a thing not on the board.
 */
export function pageStage({
  answer,
  agents = [],
  commands = [],
  alerts = [],
  role = "operator",
}: {
  answer: (asked: Asked) => unknown;
  agents?: readonly Agent[];
  commands?: readonly Command[];
  alerts?: readonly BoardAlert[];
  role?: Role;
}) {
  const asked: Asked[] = [];
  const door: TRPCLink<AppRouter> = () => {
    return ({ op: { path, input } }) =>
      observable((observer) => {
        asked.push({ path, input });
        const data = answer({ path, input });
        if (data === silent) return;
        if (data === refused) {
          observer.error(TRPCClientError.from(new Error("The server does not answer.")));
          return;
        }
        observer.next({ result: { type: "data", data } });
        observer.complete();
      });
  };
  let paint = () => {};
  const store = new LiveStore((flush) => {
    paint = flush;
  });
  store.load(
    { agents: agents.map((agent, ix) => ({ ix, agent })), commands, alerts, notices: [] },
    Date.now(),
  );
  paint();
  let seq = 0;
  const bring = (kind: "alert" | "news", id: string, patch: Record<string, unknown>) =>
    act(() => {
      seq += 1;
      store.apply([{ s: seq, t: Date.now(), c: [{ kind, id, patch, factSeq: seq }] }]);
      paint();
    });
  const client = trpc.createClient({ links: [door] });
  // As the console has it: what was read ten seconds ago is not asked again by itself.
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, retry: false } } });
  const user = { id: "usr_mira", name: "Mira", role } as User;
  const wrapper = ({ children }: { children: ReactNode }) => (
    <trpc.Provider client={client} queryClient={cache}>
      <QueryClientProvider client={cache}>
        <LiveProvider live={{ store, connection: null }}>
          <SessionContext value={{ user, can: (wanted) => permissionsOf[role].has(wanted) }}>
            <TooltipProvider>{children}</TooltipProvider>
          </SessionContext>
        </LiveProvider>
      </QueryClientProvider>
    </trpc.Provider>
  );
  return {
    wrapper,
    asked,
    store,
    /** The live store shows what it took in since. */
    paint: () => paint(),
    hear: (alert: BoardAlert) => bring("alert", alert.id, { ...alert }),
    hearNews: (news: NewsPatch) => bring("news", "some", { ...news }),
  };
}

/** What the server says to a procedure, by its path ("audit.list"). */
export type Answers = Record<string, typeof refused | typeof silent | ((input: never) => unknown)>;

/** Draws a part of the console for an admin whose server says what `answers` says; what is missing there is silent. */
export function drawPage(element: ReactNode, answers: Answers, commands: readonly Command[] = []) {
  const answer = ({ path, input }: Asked) => {
    const known = answers[path] ?? silent;
    return typeof known === "function" ? known(input as never) : known;
  };
  const { wrapper, asked, store, paint } = pageStage({ answer, role: "admin", commands });
  const page: RenderResult = render(element, { wrapper });
  /** What was asked of a procedure, the first question first. */
  const askedOf = (path: string) => asked.filter((one) => one.path === path).map(({ input }) => input);
  return { page, store, paint, asked: askedOf };
}
