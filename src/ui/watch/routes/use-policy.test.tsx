// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { AppRouter } from "@/api/router";
import type { User } from "@/contracts/people/user";
import { type AlertPolicy, plainRoute, type StoredPolicy } from "@/contracts/watch/policy";
import { SessionContext } from "@/ui/api/session";
import { trpc } from "@/ui/api/trpc";
import { usePolicyEditing } from "./use-policy";

const plain: AlertPolicy = { root: { ...plainRoute, id: "root", name: "Root" }, inhibitions: [] };
const named = (name: string): AlertPolicy => ({ ...plain, root: { ...plain.root, name } });
const at = "2026-03-12T14:00:00.000Z";
const stored = (version: number, policy: AlertPolicy): StoredPolicy => {
  return { version, at, author: { kind: "user", id: "usr_1", name: "Mira" }, policy };
};

let answer = (_: StoredPolicy) => {};
const door: TRPCLink<AppRouter> = () => () =>
  observable((observer) => {
    answer = (data) => {
      observer.next({ result: { type: "data", data } });
      observer.complete();
    };
  });

/** The routes page's editing; `answer` is what the server says to what was saved last. */
function edit() {
  const cache = new QueryClient();
  const client = trpc.createClient({ links: [door] });
  const user = { id: "usr_1" } as User;
  const wrapper = ({ children }: { children: ReactNode }) => (
    <trpc.Provider client={client} queryClient={cache}>
      <QueryClientProvider client={cache}>
        <SessionContext value={{ user, can: () => true }}>{children}</SessionContext>
      </QueryClientProvider>
    </trpc.Provider>
  );
  return renderHook(() => usePolicyEditing(stored(1, plain)), { wrapper });
}

async function save({ result }: ReturnType<typeof edit>) {
  act(() => result.current.save());
  await waitFor(() => expect(result.current.busy).toBe(true));
}

beforeEach(() => sessionStorage.clear());
afterEach(cleanup);

it("a draft that was offered is forgotten with the saving, since it would only lead into a conflict", async () => {
  const left = edit();
  act(() => left.result.current.put(named("Left")));
  left.unmount();
  const page = edit();
  await waitFor(() => expect(page.result.current.keeping.offer?.typed.policy).toEqual(named("Left")));
  act(() => page.result.current.put(named("Saved")));
  await save(page);
  act(() => answer(stored(2, named("Saved"))));
  await waitFor(() => expect(page.result.current.base.version).toBe(2));
  expect(page.result.current.keeping.offer).toBeNull();
  page.unmount();
  expect(edit().result.current.keeping.offer).toBeNull();
});

it("what is changed between the saving and its answer stays, and goes on from what was saved", async () => {
  const page = edit();
  act(() => page.result.current.put(named("Saved")));
  await save(page);
  act(() => page.result.current.put(named("Later")));
  act(() => answer(stored(2, named("Saved"))));
  await waitFor(() => expect(page.result.current.base.version).toBe(2));
  expect(page.result.current.draft).toEqual(named("Later"));
  expect(page.result.current).toMatchObject({ dirty: true, overtaken: false });
  page.unmount();
  expect(edit().result.current.keeping.offer?.typed.policy).toEqual(named("Later"));
});
