import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "@testing-library/react";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { ReactNode } from "react";
import type { AppRouter } from "@/api/router";
import { permissionsOf, type Role } from "@/contracts/people/role";
import type { User } from "@/contracts/people/user";
import type { Alert } from "@/contracts/watch/alert";
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

/**
 * What a part of a page stands in, for tests without a server: a live board on which `alerts` fire, Mira in her role,
 * and `answer`, which is given what is asked and says what the server would. `asked` are the questions in their order.
 * `hear` brings an alert as the live line would, `hearNews` tells that something happened to a thing not on the board.
 */
export function pageStage({
  answer,
  alerts = [],
  role = "operator",
}: {
  answer: (asked: Asked) => unknown;
  alerts?: readonly Alert[];
  role?: Role;
}) {
  const asked: Asked[] = [];
  const door: TRPCLink<AppRouter> = () => {
    return ({ op: { path, input } }) =>
      observable((observer) => {
        asked.push({ path, input });
        observer.next({ result: { type: "data", data: answer({ path, input }) } });
        observer.complete();
      });
  };
  let paint = () => {};
  const store = new LiveStore((flush) => {
    paint = flush;
  });
  store.load({ agents: [], commands: [], alerts, notices: [] }, Date.now());
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
    hear: (alert: Alert) => bring("alert", alert.id, { ...alert }),
    hearNews: (news: NewsPatch) => bring("news", "some", { ...news }),
  };
}
