import { describe, expect, it } from "vitest";
import { factKinds } from "@/contracts/facts";
import { filterQuery, filterSearch, readFilter, themes } from "./audit-filter";

describe("the filter in the address", () => {
  it("survives the way there and back", () => {
    const filter = { kind: "user.", actor: "Mira & Jonas", from: "2026-03-01", q: "müde" };
    expect(readFilter(new URLSearchParams(filterSearch(filter)))).toEqual(filter);
    expect(filterSearch({})).toBe("");
  });

  it("leaves out what makes no sense", () => {
    const params = new URLSearchParams({
      kind: "DROP TABLE",
      from: "yesterday",
      to: "2026-02-99",
      actor: " ",
    });
    expect(readFilter(params)).toEqual({});
  });
});

describe("filterQuery", () => {
  it("takes whole days, the last one included", () => {
    const { from, to } = filterQuery({ from: "2026-03-12", to: "2026-03-12" });
    expect(Date.parse(to ?? "") - Date.parse(from ?? "")).toBe(86_400_000 - 1);
    expect(new Date(from ?? "").getHours()).toBe(0);
  });
});

describe("themes", () => {
  it("hold every kind of fact, each in one", () => {
    const themesOf = (fact: string) => themes.filter(({ kind }) => fact.startsWith(kind)).length;
    expect(factKinds.filter((fact) => themesOf(fact) !== 1)).toEqual([]);
  });

  it("are each of some kind, and fit into an address", () => {
    for (const { kind } of themes) {
      expect(factKinds.some((fact) => fact.startsWith(kind))).toBe(true);
      expect(readFilter(new URLSearchParams({ kind }))).toEqual({ kind });
    }
  });
});
