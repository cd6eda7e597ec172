// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AppRouter } from "@/api/router";
import type { Command, CommandConflict, CommandKind } from "@/contracts/fleet/command";
import type { AuthStatus } from "@/contracts/people/user";
import { sampleAgent, sampleCommand } from "@/testing/board-samples";
import { SessionProvider } from "../../api/session";
import { trpc } from "../../api/trpc";
import { LiveProvider } from "../../live/live-context";
import { LiveStore } from "../../live/store";
import { TooltipProvider } from "../../primitives/tooltip";
import { GuardedDialog } from "./guarded-dialog";

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
const conflict: CommandConflict = {
  conflicts: [
    {
      agentId: "a",
      agentName: "ledger-reconcile",
      commandId: "cmd_1",
      kind: "restart",
      state: "running",
      requestedBy: { kind: "user", id: "jonas", name: "Jonas" },
      requestedAt: "2026-03-12T14:00:00.000Z",
    },
  ],
};

/** What reached the server's door, and what it says to it. */
let asked: unknown[] = [];
let refusal: unknown = null;
const door: TRPCLink<AppRouter> = () => {
  return ({ op }) =>
    observable((observer) => {
      asked.push(op.input);
      if (refusal) {
        observer.error(TRPCClientError.from(refusal as Error));
        return;
      }
      observer.next({ result: { type: "data", data: { items: [{ id: "cmd_2", batchId: "bat_1" }] } } });
      observer.complete();
    });
};

const jonas = { kind: "user", id: "jonas", name: "Jonas" } as const;
const byJonas = (fields: Partial<Command>) =>
  sampleCommand("cmd_1", "a", { agentName: "ledger-reconcile", requestedBy: jonas, ...fields });

function open(kind: CommandKind, ids: readonly string[] = ["a"], commands: readonly Command[] = []) {
  let paint = () => {};
  const store = new LiveStore((flush) => {
    paint = flush;
  });
  const agents = [
    sampleAgent("a", { name: "ledger-reconcile", task: "batch 0412" }),
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

beforeEach(() => {
  asked = [];
  refusal = null;
});
afterEach(cleanup);

describe("the guarded dialog", () => {
  it("names every agent and what it does now, and gives the focus to Cancel", () => {
    const { dialog } = open("restart", ["a", "b"]);
    expect(dialog.getByRole("heading", { name: "Restart 2 agents" })).toBeTruthy();
    expect(dialog.getByText("inbox-router")).toBeTruthy();
    expect(dialog.getByText("Routing mail, 42 in queue")).toBeTruthy();
    expect(document.activeElement).toBe(dialog.getByRole("button", { name: "Cancel" }));
  });

  it("asks for the reason at its field, and sends nothing without it", async () => {
    const { dialog } = open("restart");
    fireEvent.click(dialog.getByRole("button", { name: "Restart ledger-reconcile" }));
    const error = await dialog.findByRole("alert");
    expect(error.textContent).toContain("Say why");
    const field = dialog.getByRole("textbox", { name: /Reason/ });
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(field.getAttribute("aria-describedby")).toContain(error.id);
    expect(document.activeElement).toBe(field);
    expect(asked).toEqual([]);
  });

  it("sends once what it says, when the reason is there", async () => {
    const { dialog, closed } = open("restart");
    fireEvent.click(dialog.getByRole("button", { name: "Memory grows" }));
    fireEvent.click(dialog.getByRole("button", { name: "Restart ledger-reconcile" }));
    await waitFor(() => expect(closed).toEqual(["bat_1"]));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ kind: "restart", agentIds: ["a"], reason: "Memory grows" });
  });

  it("kills only when the word is typed; its focus starts at the reason", async () => {
    const { dialog, closed } = open("kill");
    const reason = dialog.getByRole("textbox", { name: /Reason/ });
    expect(document.activeElement).toBe(reason);
    fireEvent.change(reason, { target: { value: "Spins at 97 %" } });
    const kill = dialog.getByRole("button", { name: "Kill ledger-reconcile" });
    const word = dialog.getByRole("textbox", { name: /Type kill/ });
    fireEvent.change(word, { target: { value: "kil" } });
    fireEvent.click(kill);
    expect((await dialog.findByRole("alert")).textContent).toBe("Type kill to confirm.");
    expect(asked).toEqual([]);
    fireEvent.change(word, { target: { value: "kill" } });
    fireEvent.click(kill);
    await waitFor(() => expect(closed).toEqual(["bat_1"]));
  });

  it("says who was first with what, and goes on without those agents", async () => {
    refusal = {
      error: {
        message: "Someone was first.",
        code: -32009,
        data: { refusal: "conflict", details: conflict, httpStatus: 409 },
      },
    };
    const { dialog, closed } = open("restart", ["a", "b"]);
    fireEvent.change(dialog.getByRole("textbox", { name: /Reason/ }), { target: { value: "Memory grows" } });
    fireEvent.click(dialog.getByRole("button", { name: "Restart 2 agents" }));
    const note = await dialog.findByRole("alert");
    expect(note.textContent).toContain("Nothing was sent");
    expect(note.textContent).toContain("ledger-reconcile: Restart by Jonas, running");
    fireEvent.click(dialog.getByRole("button", { name: "Go on without them" }));
    expect(dialog.getByRole("heading", { name: "Restart inbox-router" })).toBeTruthy();
    expect(dialog.queryByRole("alert")).toBeNull();
    expect(closed).toEqual([]);
  });

  it("shows another admin's open dialog as it comes and goes, and leaves the agent to them", () => {
    const { dialog, tell, closed } = open("restart");
    const intent = {
      id: "int_1",
      user: { id: "jonas", name: "Jonas" },
      kind: "kill" as const,
      agentIds: ["a"],
      reason: "Does harm",
      since: Date.parse("2026-03-12T14:00:00.000Z"),
    };
    tell((store) => store.setIntents([intent]));
    expect(dialog.getByText("Jonas has this agent open in a kill dialog too")).toBeTruthy();
    tell((store) => store.setIntents([]));
    expect(dialog.queryByText(/Jonas has this agent/)).toBeNull();
    tell((store) => store.setIntents([intent]));
    fireEvent.click(dialog.getByRole("button", { name: "Leave it to Jonas" }));
    expect(closed).toEqual(["closed"]);
  });

  it("is off, and says why, while the page is disconnected", () => {
    const { dialog, tell } = open("restart");
    tell((store) => store.setFreshness({ state: "disconnected" }));
    const button = dialog.getByRole("button", { name: "Restart ledger-reconcile" });
    expect(button.getAttribute("aria-disabled")).toBe("true");
    fireEvent.click(button);
    expect(asked).toEqual([]);
  });

  it("tells of a command under way, is off as long as it is, and asks anew when it has ended", async () => {
    const { dialog, hear, closed } = open("restart");
    const send = () => dialog.getByRole("button", { name: "Restart ledger-reconcile" });
    fireEvent.change(dialog.getByRole("textbox", { name: /Reason/ }), { target: { value: "Memory grows" } });
    hear(byJonas({ state: "running", reason: "Spins" }));
    expect(dialog.getByText("Restart by Jonas, running")).toBeTruthy();
    expect(dialog.getByText(/“Spins”/)).toBeTruthy();
    expect(dialog.getByText(/Sending now would be refused as a conflict/)).toBeTruthy();
    expect(dialog.getByRole("status").textContent).toContain(
      "Restart by Jonas is under way on ledger-reconcile",
    );
    fireEvent.click(send());

    hear(byJonas({ state: "succeeded", finishedAt: "2026-03-12T14:00:30.000Z" }));
    expect(dialog.getByText(/^Restart by Jonas succeeded \d+ d ago/)).toBeTruthy();
    expect(dialog.getByText("Somebody acted while this was open.")).toBeTruthy();
    expect(dialog.getByRole("status").textContent).toContain(
      "Restart by Jonas succeeded on ledger-reconcile",
    );
    expect(send().getAttribute("aria-disabled")).toBe("true");
    fireEvent.click(send());
    expect(asked).toEqual([]);

    fireEvent.click(dialog.getByRole("button", { name: "Still restart ledger-reconcile" }));
    expect(dialog.queryByText("Somebody acted while this was open.")).toBeNull();
    fireEvent.click(send());
    await waitFor(() => expect(closed).toEqual(["bat_1"]));
  });

  it("takes the typed word of a kill back when somebody acted meanwhile", async () => {
    const { dialog, hear, closed } = open("kill");
    const word = () => dialog.getByRole<HTMLInputElement>("textbox", { name: /Type kill/ });
    fireEvent.change(dialog.getByRole("textbox", { name: /Reason/ }), { target: { value: "Does harm" } });
    fireEvent.change(word(), { target: { value: "kill" } });
    hear(byJonas({ state: "succeeded", finishedAt: "2026-03-12T14:00:30.000Z" }));
    expect(word().value).toBe("");
    expect(dialog.getByText(/type kill again if you still mean it/)).toBeTruthy();
    fireEvent.click(dialog.getByRole("button", { name: "Kill ledger-reconcile" }));
    expect((await dialog.findByRole("alert")).textContent).toBe("Type kill to confirm.");
    expect(asked).toEqual([]);
    fireEvent.change(word(), { target: { value: "kill" } });
    fireEvent.click(dialog.getByRole("button", { name: "Kill ledger-reconcile" }));
    await waitFor(() => expect(closed).toEqual(["bat_1"]));
  });

  it("tells what ended a moment before it opened, and sends without asking anew", async () => {
    const finishedAt = new Date(Date.now() - 28_000).toISOString();
    const { dialog, closed } = open("restart", ["a"], [byJonas({ state: "succeeded", finishedAt })]);
    expect(dialog.getByText(/^Restart by Jonas succeeded 2\d s ago/)).toBeTruthy();
    fireEvent.click(dialog.getByRole("button", { name: "Memory grows" }));
    fireEvent.click(dialog.getByRole("button", { name: "Restart ledger-reconcile" }));
    await waitFor(() => expect(closed).toEqual(["bat_1"]));
  });

  it("does not ask anew for what this person did, or what was not done at all", () => {
    const { dialog, hear } = open("restart");
    const finishedAt = "2026-03-12T14:00:30.000Z";
    hear(byJonas({ id: "cmd_2", state: "succeeded", finishedAt, requestedBy: { ...jonas, id: "aiko" } }));
    hear(byJonas({ id: "cmd_3", state: "expired", finishedAt }));
    hear(byJonas({ id: "cmd_4", kind: "health-check", state: "succeeded", finishedAt }));
    expect(dialog.queryByText("Somebody acted while this was open.")).toBeNull();
  });

  it("goes on without the agents that somebody else is at, before anything is sent", () => {
    const { dialog } = open("restart", ["a", "b"], [byJonas({ state: "running" })]);
    expect(dialog.getByText("Sending now would be refused: someone is first.")).toBeTruthy();
    fireEvent.click(dialog.getByRole("button", { name: "Go on without them" }));
    const send = dialog.getByRole("button", { name: "Restart inbox-router" });
    expect(send.getAttribute("aria-disabled")).toBeNull();
  });
});
