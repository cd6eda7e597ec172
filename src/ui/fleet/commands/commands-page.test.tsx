// @vitest-environment happy-dom
import { act, cleanup, fireEvent, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it } from "vitest";
import type { Command } from "@/contracts/fleet/command";
import { sampleCommand } from "@/testing/board-samples";
import { drawPage, refused } from "@/testing/page-stage";
import { ActionsContext } from "../action/actions-context";
import { AgentCommandsCard } from "../agent/side-cards";
import { CommandsPage } from "./commands-page";

const requestedAt = "2026-03-12T14:00:00.000Z";
const finishedAt = "2026-03-12T14:00:30.000Z";
const running = sampleCommand("cmd_1", "a", { agentName: "doc-indexer", state: "running", requestedAt });
const ended: Command = { ...running, state: "succeeded", finishedAt };
const older: Command = { ...ended, id: "cmd_0", agentId: "b", agentName: "inbox-router" };
const nothing = { agents: [], commands: [], alerts: [], notices: [] };

/** A part of the console with actions in reach. */
function draw(
  element: ReactNode,
  answer: typeof refused | ((input: { cursor?: string }) => unknown),
  live: readonly Command[] = [],
) {
  const actions = { open: () => {}, show: () => {} };
  return drawPage(
    <ActionsContext value={actions}>{element}</ActionsContext>,
    { "commands.list": answer },
    live,
  );
}

afterEach(cleanup);

it.each([
  ["the page of commands", <CommandsPage key="page" />],
  ["the agent's card", <AgentCommandsCard key="card" agentId="a" />],
])("after a gap %s says how a command ended meanwhile", async (_, element) => {
  let items = [running];
  const { page, store, paint } = draw(element, () => ({ items, nextCursor: null }), [running]);
  await page.findByText("Running");
  items = [ended];
  act(() => {
    store.load(nothing, Date.parse(finishedAt) + 600_000);
    paint();
  });
  await waitFor(() => expect(page.queryByText("Running")).toBeNull());
  expect(page.getByText("Succeeded")).toBeTruthy();
});

it("says how a command ended that ended so long ago that the board forgot it", async () => {
  let items = [running];
  const { page, store, paint, asked } = draw(<AgentCommandsCard agentId="a" />, () => ({ items }), [running]);
  const hear = (commands: readonly Command[]) =>
    act(() => {
      store.apply(
        commands.map((command, at) => ({
          s: at,
          t: 1,
          c: [{ kind: "command" as const, id: command.id, patch: { ...command }, factSeq: 1 }],
        })),
      );
      paint();
    });
  await waitFor(() => expect(asked("commands.list")).toHaveLength(1));
  items = [ended];
  hear([ended]);
  const newer = { ...older, requestedAt: finishedAt };
  hear(Array.from({ length: 1_100 }, (_, at) => ({ ...newer, id: `cmd_${at + 2}`, batchId: `bat_${at}` })));
  expect(store.commands.some(({ id }) => id === running.id)).toBe(false);
  expect(await page.findByText("Succeeded")).toBeTruthy();
  expect(page.queryByText("Running")).toBeNull();
});

it("older commands are asked for, since a page ends at a hundred", async () => {
  const { page, asked } = draw(<CommandsPage />, ({ cursor }) =>
    cursor ? { items: [older], nextCursor: null } : { items: [ended], nextCursor: "next" },
  );
  fireEvent.click(await page.findByRole("button", { name: "Older" }));
  await waitFor(() => expect(asked("commands.list")).toMatchObject([{}, { cursor: "next" }]));
  await waitFor(() => expect(page.container.querySelectorAll("[data-command]")).toHaveLength(2));
  expect(page.queryByRole("button", { name: "Older" })).toBeNull();
});

it("does not say that nothing was asked where the log did not come", async () => {
  const { page } = draw(<CommandsPage />, refused);
  expect(await page.findByText("This list did not come")).toBeTruthy();
  expect(page.queryByText(/^Nothing was asked/)).toBeNull();
});

it("the agent's card leads to all commands", async () => {
  const { page } = draw(<AgentCommandsCard agentId="a" />, () => ({ items: [ended], nextCursor: null }));
  expect(page.getByRole("link", { name: "All commands" }).getAttribute("href")).toBe("/commands");
});
