// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { AppRouter } from "@/api/router";
import type { User } from "@/contracts/people/user";
import type { ListedRule } from "@/contracts/watch/rule";
import { SessionContext } from "@/ui/api/session";
import { trpc } from "@/ui/api/trpc";
import { LiveProvider } from "@/ui/live/live-context";
import { LiveStore } from "@/ui/live/store";
import { TooltipProvider } from "@/ui/primitives/tooltip";
import { draftOf, newDraft } from "../words/draft";
import { RuleEditor, type SaveRule } from "./rule-editor";

const at = "2026-03-12T14:00:00.000Z";
const changedBy = { kind: "user" as const, id: "usr_1", name: "Mira" };
const rule: ListedRule = {
  ...{ ...newDraft("offline"), id: "rul_1", version: 1, createdAt: at, changedAt: at, changedBy },
};
/** A server that has not answered yet. */
const silent: TRPCLink<AppRouter> = () => () => observable(() => {});

/** What was sent last, and what is done with its answer. */
let sent: { draft: Parameters<SaveRule>[0]; answered: Parameters<SaveRule>[2] } | null = null;

function open(edited: ListedRule | undefined, busy = false) {
  const cache = new QueryClient();
  const session = { user: { id: "usr_1", role: "admin" } as User, can: () => true };
  const store = new LiveStore(() => {});
  return render(
    <trpc.Provider client={trpc.createClient({ links: [silent] })} queryClient={cache}>
      <QueryClientProvider client={cache}>
        <LiveProvider live={{ store, connection: null }}>
          <SessionContext value={session}>
            <TooltipProvider>
              <RuleEditor
                rule={edited}
                start={edited ? draftOf(edited) : newDraft("offline")}
                title="Rule"
                does="Save it"
                busy={busy}
                save={(draft, _, answered) => {
                  sent = { draft, answered };
                }}
              />
            </TooltipProvider>
          </SessionContext>
        </LiveProvider>
      </QueryClientProvider>
    </trpc.Provider>,
  );
}

const runbook = () => screen.getByLabelText<HTMLTextAreaElement>("What to do about it");
const type = (value: string) => fireEvent.change(runbook(), { target: { value } });
const isOffered = () => screen.queryByTestId("draft-offer") !== null;

beforeEach(() => {
  sessionStorage.clear();
  sent = null;
});
afterEach(cleanup);

it.each(["Call Mira", "Call Mira, then Jonas"])(
  "after the answer %o is what stands and is kept",
  async (last) => {
    const { unmount } = open(rule);
    type("Call Mira");
    fireEvent.click(screen.getByRole("button", { name: "Save it" }));
    await waitFor(() => expect(sent?.draft.runbook).toBe("Call Mira"));
    type(last);
    const saved = { ...rule, version: 2, runbook: "Call Mira" };
    act(() => sent?.answered.onDone(saved));
    expect(runbook().value).toBe(last);
    const isMore = last !== "Call Mira";
    expect(screen.queryByRole("button", { name: "Save it" }) !== null).toBe(isMore);
    unmount();
    open(saved);
    expect(isOffered()).toBe(isMore);
  },
);

it("a rule that is being added takes no more: it opens on its own page", () => {
  const { unmount } = open(undefined);
  expect(runbook().matches(":disabled")).toBe(false);
  unmount();
  open(undefined, true);
  expect(runbook().closest("fieldset")?.disabled).toBe(true);
});

it("a draft that another version kept is not offered where the form could not show it", () => {
  const keep = (draft: object) => {
    const text = JSON.stringify({ at, typed: { draft, base: draftOf(rule), read: 1 } });
    sessionStorage.setItem("mc.draft.usr_1 rule rul_1", text);
  };
  keep({ ...draftOf(rule), condition: { kind: "gone" } });
  const { unmount } = open(rule);
  expect(isOffered()).toBe(false);
  unmount();
  keep({ ...draftOf(rule), name: "" });
  open(rule);
  fireEvent.click(screen.getByRole("button", { name: "Use it" }));
  expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("");
});
