"use client";

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { httpBatchLink } from "@trpc/client";
import { type ReactNode, useState } from "react";
import { isOpenPage } from "@/contracts/people/open-pages";
import { createAskLater } from "./ask-later";
import { refusalOf } from "./refusal";
import { stepUpLink } from "./step-up-link";
import { trpc } from "./trpc";

/**
 * Where a page goes whose session is over; it comes back to where it was after signing in. A page that needs no session
 * stays: what it was refused is about what was typed there.
 */
export function goToLogin(): void {
  const { pathname, search } = window.location;
  if (isOpenPage(pathname)) return;
  window.location.assign(`/login?to=${encodeURIComponent(pathname + search)}`);
}

/** Where a person goes whose role must have a second factor and who has none yet. */
export function goToEnrolment(): void {
  const { pathname, search } = window.location;
  if (pathname === "/enrol") return;
  window.location.assign(`/enrol?to=${encodeURIComponent(pathname + search)}`);
}

const wantsEnrolment = (details: unknown) =>
  typeof details === "object" && details !== null && "enrol" in details && details.enrol === true;

function makeQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    const { code, details } = refusalOf(error);
    if (code === "unauthenticated") goToLogin();
    else if (wantsEnrolment(details)) goToEnrolment();
  };
  const askLater = createAskLater(() => client);
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        onError(error);
        askLater(error);
      },
    }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A refusal is an answer: asking again gives the same one.
        retry: (count, error) => count < 2 && ["unreachable", "unavailable"].includes(refusalOf(error).code),
      },
      mutations: { retry: false },
    },
  });
  return client;
}

/** The typed client for every page under it. Same origin: the session cookie goes along by itself. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [client] = useState(() =>
    trpc.createClient({
      links: [
        stepUpLink(),
        httpBatchLink({
          url: "/api/trpc",
          // One key a request: a dialog that is sent twice by a nervous hand asks for the same thing.
          headers: ({ opList }) => {
            const key = opList.find((op) => typeof op.context.idempotencyKey === "string")?.context
              .idempotencyKey;
            return typeof key === "string" ? { "idempotency-key": key } : {};
          },
        }),
      ],
    }),
  );
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}
