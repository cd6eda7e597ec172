// @vitest-environment happy-dom
import { cleanup, fireEvent, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askedByNow, byJonas, jonas, openDialog, server } from "@/testing/dialog-stage";

beforeEach(() => {
  server.asked = [];
  server.refusal = null;
});
afterEach(cleanup);

describe("a guarded dialog while others act", () => {
  it("tells of a command under way, is off as long as it is, and asks anew when it has ended", async () => {
    const { dialog, hear, closed } = openDialog("restart");
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
    expect(await askedByNow()).toEqual([]);

    hear(byJonas({ state: "succeeded", finishedAt: "2026-03-12T14:00:30.000Z" }));
    expect(dialog.getByText(/^Restart by Jonas succeeded \d+ d ago/)).toBeTruthy();
    expect(dialog.getByText("Somebody acted while this was open.")).toBeTruthy();
    expect(dialog.getByRole("status").textContent).toContain(
      "Restart by Jonas succeeded on ledger-reconcile",
    );
    expect(send().getAttribute("aria-disabled")).toBe("true");
    fireEvent.click(send());
    expect(await askedByNow()).toEqual([]);

    fireEvent.click(dialog.getByRole("button", { name: "Still restart ledger-reconcile" }));
    expect(dialog.queryByText("Somebody acted while this was open.")).toBeNull();
    fireEvent.click(send());
    await waitFor(() => expect(closed).toEqual(["bat_1"]));
    expect(server.asked).toHaveLength(1);
  });

  it("takes the typed word of a kill back when somebody acted meanwhile", async () => {
    const { dialog, hear, closed } = openDialog("kill");
    const word = () => dialog.getByRole<HTMLInputElement>("textbox", { name: /Type kill/ });
    fireEvent.change(dialog.getByRole("textbox", { name: /Reason/ }), { target: { value: "Does harm" } });
    fireEvent.change(word(), { target: { value: "kill" } });
    hear(byJonas({ state: "succeeded", finishedAt: "2026-03-12T14:00:30.000Z" }));
    expect(word().value).toBe("");
    expect(dialog.getByText(/type kill again if you still mean it/)).toBeTruthy();
    fireEvent.click(dialog.getByRole("button", { name: "Kill ledger-reconcile" }));
    expect((await dialog.findByRole("alert")).textContent).toBe("Type kill to confirm.");
    expect(await askedByNow()).toEqual([]);
    fireEvent.change(word(), { target: { value: "kill" } });
    fireEvent.click(dialog.getByRole("button", { name: "Kill ledger-reconcile" }));
    await waitFor(() => expect(closed).toEqual(["bat_1"]));
    expect(server.asked).toHaveLength(1);
  });

  it("leaves the word that was typed again where what somebody did only goes out of sight", () => {
    const { dialog, hear } = openDialog("kill", ["a", "b"]);
    const word = () => dialog.getByRole<HTMLInputElement>("textbox", { name: /Type kill/ });
    const ended = { state: "succeeded", finishedAt: "2026-03-12T14:00:30.000Z" } as const;
    hear(byJonas(ended));
    hear(byJonas({ ...ended, id: "cmd_3", agentId: "b", agentName: "inbox-router" }));
    fireEvent.change(word(), { target: { value: "kill" } });
    fireEvent.click(dialog.getAllByText("Leave it to Jonas")[0] as HTMLElement);
    expect(dialog.getByRole("heading", { name: "Kill ledger-reconcile" })).toBeTruthy();
    expect(word().value).toBe("kill");
    hear(byJonas({ ...ended, id: "cmd_4" }));
    expect(word().value).toBe("");
  });

  it("tells what ended a moment before it opened, and sends without asking anew", async () => {
    const finishedAt = new Date(Date.now() - 28_000).toISOString();
    const { dialog, closed } = openDialog("restart", ["a"], [byJonas({ state: "succeeded", finishedAt })]);
    expect(dialog.getByText(/^Restart by Jonas succeeded 2\d s ago/)).toBeTruthy();
    fireEvent.click(dialog.getByRole("button", { name: "Memory grows" }));
    fireEvent.click(dialog.getByRole("button", { name: "Restart ledger-reconcile" }));
    await waitFor(() => expect(closed).toEqual(["bat_1"]));
  });

  it("does not ask anew for what this person did, or what was not done at all", () => {
    const { dialog, hear } = openDialog("restart");
    const finishedAt = "2026-03-12T14:00:30.000Z";
    hear(byJonas({ id: "cmd_2", state: "succeeded", finishedAt, requestedBy: { ...jonas, id: "aiko" } }));
    hear(byJonas({ id: "cmd_3", state: "expired", finishedAt }));
    hear(byJonas({ id: "cmd_4", kind: "health-check", state: "succeeded", finishedAt }));
    expect(dialog.queryByText("Somebody acted while this was open.")).toBeNull();
  });

  it("goes on without the agents that somebody else is at, before anything is sent", () => {
    const { dialog } = openDialog("restart", ["a", "b"], [byJonas({ state: "running" })]);
    expect(dialog.getByText("Sending now would be refused: someone is first.")).toBeTruthy();
    fireEvent.click(dialog.getByRole("button", { name: "Go on without them" }));
    const send = dialog.getByRole("button", { name: "Restart inbox-router" });
    expect(send.getAttribute("aria-disabled")).toBeNull();
  });
});
