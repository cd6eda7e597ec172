import { describe, expect, it } from "vitest";
import { sampleAgent } from "@/testing/board-samples";
import { countAgents, shownKinds } from "./counts-of";
import { filterFromAddress, filterToAddress, matches, noFilter } from "./filter";
import { groupSummaries } from "./group-summaries";
import { firstRows, holdOrder, orderRows } from "./order";
import { phoneSections } from "./phone-sections";

const fleet = [
  sampleAgent("idle", { activity: "idle", group: "g1" }),
  sampleAgent("busy", { group: "g1", tags: ["prod"], host: "atlas-02", task: "Reading invoice 8" }),
  sampleAgent("gone", { status: "offline", activity: null, group: "g2", tags: ["prod", "eu"] }),
  sampleAgent("stuck", { activity: "stuck", group: "g1" }),
  sampleAgent("going", { status: "restarting", activity: null, group: null }),
];

describe("the board's order", () => {
  it("is worst first, and does not move rows that work now and idle then", () => {
    expect(orderRows(fleet)).toEqual(["gone", "stuck", "going", "busy", "idle"]);
    const flipped = fleet.map((agent) =>
      agent.id === "idle" ? { ...agent, activity: "working" as const } : agent,
    );
    expect(orderRows(flipped)).toEqual(orderRows(fleet));
  });

  it("has first rows that are those of the whole order", () => {
    const statuses = ["online", "offline", "restarting"] as const;
    const many = Array.from({ length: 60 }, (_, at) =>
      sampleAgent(`a${(at * 37) % 60}`, {
        status: statuses[at % 3] ?? "online",
        statusSince: new Date(1_000 * (at % 7)).toISOString(),
      }),
    );
    expect(firstRows(many, 24)).toEqual(orderRows(many).slice(0, 24));
    expect(firstRows(fleet, 24)).toEqual(orderRows(fleet));
  });

  it("is held: rows stay, new ones come last, gone ones close up, and what would move is counted", () => {
    const shown = ["a", "b", "c", "d"];
    expect(holdOrder(shown, ["a", "b", "c", "d"])).toEqual({ order: shown, moved: 0 });
    expect(holdOrder(shown, ["d", "a", "b", "c"])).toEqual({ order: shown, moved: 1 });
    expect(holdOrder(shown, ["d", "a", "x", "c"])).toEqual({ order: ["a", "c", "d", "x"], moved: 2 });
  });

  it("makes sections on a phone, and leaves empty ones out", () => {
    const ended = (["paused", "stopped", "never-connected"] as const).map((status) =>
      sampleAgent(status, { status, activity: null }),
    );
    const all = [...fleet, ...ended, sampleAgent("hot")];
    const sections = phoneSections(
      orderRows(all),
      new Map(all.map((agent) => [agent.id, agent])),
      new Set(["hot", "gone", null]),
    );
    expect(sections.map(({ title, ids }) => [title, ids.length])).toEqual([
      ["Needs a human now", 1],
      ["Needs a look", 2],
      ["Cannot know, or changing", 1],
      ["Not running", 3],
      ["Fine", 2],
    ]);
  });
});

describe("the board's filter", () => {
  it("goes through the address and back", () => {
    const filter = { kinds: ["offline", "stuck"], groups: ["a & b"], tags: ["prod"], text: "invoice 8" };
    expect(filterFromAddress(new URLSearchParams(filterToAddress(filter)))).toEqual(filter);
    expect(filterToAddress(noFilter)).toBe("");
  });

  it.each([
    [{ kinds: ["offline", "changing"] }, ["gone", "going"]],
    [{ groups: ["g1"], kinds: ["idle"] }, ["idle"]],
    [{ groups: ["(none)"] }, ["going"]],
    [{ tags: ["prod", "eu"] }, ["gone"]],
    [{ text: "ATLAS invoice" }, ["busy"]],
  ])("%o shows %o", (part, expected) => {
    const filter = { ...noFilter, ...part };
    expect(fleet.filter((agent) => matches(filter, agent)).map(({ id }) => id)).toEqual(expected);
  });

  it("counts everyone once, and shows rare kinds only when someone is in them", () => {
    const counts = countAgents(fleet);
    expect([...counts.values()].reduce((sum, count) => sum + count)).toBe(fleet.length);
    const ids = (chosen: string[]) => shownKinds(counts, chosen).map(({ id }) => id);
    expect(ids([])).not.toContain("never-connected");
    expect(ids(["never-connected"])).toContain("never-connected");
  });

  it("sums groups up by their worst", () => {
    expect(groupSummaries(fleet).map(({ name, count, worst }) => [name, count, worst])).toEqual([
      ["g1", 3, "stuck"],
      ["g2", 1, "offline"],
    ]);
  });
});
