// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CommandConflict } from "@/contracts/fleet/command";
import { askedByNow, byJonas, jonas, openDialog, server } from "@/testing/dialog-stage";

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

beforeEach(() => {
  server.asked = [];
  server.refusal = null;
});
afterEach(cleanup);

describe("the guarded dialog", () => {
  it("names every agent and what it does now, and gives the focus to Cancel", () => {
    const { dialog } = openDialog("restart", ["a", "b"]);
    expect(dialog.getByRole("heading", { name: "Restart 2 agents" })).toBeTruthy();
    expect(dialog.getByText("inbox-router")).toBeTruthy();
    expect(dialog.getByText("Routing mail, 42 in queue")).toBeTruthy();
    expect(document.activeElement).toBe(dialog.getByRole("button", { name: "Cancel" }));
  });

  it("asks for the reason at its field, and sends nothing without it", async () => {
    const { dialog } = openDialog("restart");
    fireEvent.click(dialog.getByRole("button", { name: "Restart ledger-reconcile" }));
    const error = await dialog.findByRole("alert");
    expect(error.textContent).toContain("Say why");
    const field = dialog.getByRole("textbox", { name: /Reason/ });
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(field.getAttribute("aria-describedby")).toContain(error.id);
    expect(document.activeElement).toBe(field);
    expect(await askedByNow()).toEqual([]);
  });

  it("sends once what it says, when the reason is there", async () => {
    const { dialog, closed } = openDialog("restart");
    fireEvent.click(dialog.getByRole("button", { name: "Memory grows" }));
    fireEvent.click(dialog.getByRole("button", { name: "Restart ledger-reconcile" }));
    await waitFor(() => expect(closed).toEqual(["bat_1"]));
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]).toMatchObject({ kind: "restart", agentIds: ["a"], reason: "Memory grows" });
  });

  it("kills only when the word is typed; its focus starts at the reason", async () => {
    const { dialog, closed } = openDialog("kill");
    const reason = dialog.getByRole("textbox", { name: /Reason/ });
    expect(document.activeElement).toBe(reason);
    fireEvent.change(reason, { target: { value: "Spins at 97 %" } });
    const kill = dialog.getByRole("button", { name: "Kill ledger-reconcile" });
    const word = dialog.getByRole("textbox", { name: /Type kill/ });
    fireEvent.change(word, { target: { value: "kil" } });
    fireEvent.click(kill);
    expect((await dialog.findByRole("alert")).textContent).toBe("Type kill to confirm.");
    expect(await askedByNow()).toEqual([]);
    fireEvent.change(word, { target: { value: "kill" } });
    fireEvent.click(kill);
    await waitFor(() => expect(closed).toEqual(["bat_1"]));
    expect(server.asked).toHaveLength(1);
  });

  it("says who was first with what, and goes on without those agents", async () => {
    server.refusal = {
      error: {
        message: "Someone was first.",
        code: -32009,
        data: { refusal: "conflict", details: conflict, httpStatus: 409 },
      },
    };
    const { dialog, closed } = openDialog("restart", ["a", "b"]);
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
    const { dialog, tell, closed } = openDialog("restart");
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

  it("is off, and says why, while the page is disconnected", async () => {
    const { dialog, tell } = openDialog("restart");
    fireEvent.click(dialog.getByRole("button", { name: "Memory grows" }));
    tell((store) => store.setFreshness({ state: "disconnected" }));
    const button = dialog.getByRole("button", { name: "Restart ledger-reconcile" });
    expect(button.getAttribute("aria-disabled")).toBe("true");
    fireEvent.click(button);
    expect(await askedByNow()).toEqual([]);
  });

  it("says before it is sent that the agent is away, and until when the command waits", () => {
    const { dialog, tell } = openDialog("restart", ["a"], [], { status: "offline", activity: null });
    expect(dialog.getByText(/^Once it is back, it is asked to stop/)).toBeTruthy();
    expect(dialog.getByText("It is away, so nothing happens now.")).toBeTruthy();
    expect(
      dialog.getByText(/The command waits 15 min for it, until (\d+ \w+ \d+, )?\d\d:\d\d, and then expires/),
    ).toBeTruthy();
    const back = { kind: "agent" as const, id: "a", patch: { status: "online" }, factSeq: 1 };
    tell((store) => store.apply([{ s: 1, t: Date.parse("2026-03-12T14:00:01.000Z"), c: [back] }]));
    expect(dialog.queryByText(/nothing happens now/)).toBeNull();
  });

  it("cancels what still waits for its agent, from the progress", async () => {
    const { hear, closed } = openDialog("restart");
    fireEvent.click(screen.getByRole("button", { name: "Memory grows" }));
    fireEvent.click(screen.getByRole("button", { name: "Restart ledger-reconcile" }));
    await waitFor(() => expect(closed).toEqual(["bat_1"]));
    const own = { batchId: "bat_1", requestedBy: { ...jonas, id: "aiko", name: "Aiko" } };
    hear(byJonas({ ...own, state: "queued" }));
    fireEvent.click(screen.getByRole("button", { name: "Cancel ledger-reconcile" }));
    await waitFor(() => expect(server.asked.at(-1)).toEqual({ id: "cmd_1" }));
    hear(byJonas({ ...own, state: "cancelled" }));
    expect(screen.queryByRole("button", { name: "Cancel ledger-reconcile" })).toBeNull();
  });
});
