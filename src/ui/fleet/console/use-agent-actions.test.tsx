// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { sampleAgent } from "@/testing/board-samples";
import { drawPage } from "@/testing/page-stage";
import { CommandMenu } from "../../shell/command-menu";
import { ActionsContext } from "../action/actions-context";
import { useAgentActions } from "./use-agent-actions";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }), usePathname: () => "/commands" }));
// cmdk brings what is chosen into view; there is nothing to scroll here.
beforeAll(() => {
  Element.prototype.scrollIntoView = () => {};
});
afterEach(cleanup);

/** What the menu lists for a typed text, over four hundred agents in trouble and one that is fine, the last of all. */
function openFleet() {
  const troubled = Array.from({ length: 400 }, (_, index) =>
    sampleAgent(`t${index}`, { name: `scraper-${index}`, status: "offline" }),
  );
  const fine = sampleAgent("z", { name: "zeta-ledger", host: "rack-9", tags: ["billing"] });
  let actions: ReturnType<typeof useAgentActions> = () => [];
  function Holder() {
    actions = useAgentActions();
    return null;
  }
  const { store } = drawPage(
    <ActionsContext value={{ open: () => {}, show: () => {} }}>
      <Holder />
    </ActionsContext>,
    {},
  );
  act(() => {
    const agents = [...troubled, fine].map((agent, ix) => ({ ix, agent }));
    store.load({ agents, commands: [], alerts: [], notices: [] }, Date.parse("2026-03-12T14:00:00.000Z"));
  });
  return (typed: string) => actions(typed).map(({ id }) => id);
}

it("finds agents that are not among the worst by what is typed, and lists no more than the menu bears", () => {
  const listed = openFleet();
  expect(listed("")).toHaveLength(600);
  expect(listed("")).not.toContain("open:z");
  for (const typed of ["zeta-led", "RACK-9", "billing", "restart zeta"]) {
    expect(listed(typed).filter((id) => id.endsWith(":z"))).toEqual(["open:z", "restart:z"]);
    expect(listed(typed)).toHaveLength(600);
  }
});

it("the menu asks for what fits each text that is typed", () => {
  const of = (name: string) => ({ id: name, label: name, group: "Agents", run: () => {} });
  const actions = (typed: string) => (typed === "zeta" ? [of("zeta-ledger")] : [of("scraper")]);
  drawPage(<CommandMenu open onOpenChange={() => {}} actions={actions} />, {});
  expect(screen.getByText("scraper")).toBeTruthy();
  const field = screen.getByPlaceholderText("What do you want to do?");
  fireEvent.change(field, { target: { value: "zeta" } });
  expect(screen.getByText("zeta-ledger")).toBeTruthy();
  fireEvent.change(field, { target: { value: "quux" } });
  expect(screen.getByText(/^Nothing by that name/)).toBeTruthy();
});

it("Enter runs what the typed text brought in, though it was not listed before", async () => {
  const ran: string[] = [];
  const of = (name: string) => ({ id: name, label: name, group: "Agents", run: () => ran.push(name) });
  const actions = (typed: string) => (typed === "web-12" ? [of("web-12"), of("web-125")] : [of("web-125")]);
  drawPage(<CommandMenu open onOpenChange={() => {}} actions={actions} />, {});
  const field = screen.getByPlaceholderText("What do you want to do?");
  fireEvent.change(field, { target: { value: "web-12" } });
  await act(async () => {});
  fireEvent.keyDown(field, { key: "Enter" });
  expect(ran).toEqual(["web-12"]);
});
