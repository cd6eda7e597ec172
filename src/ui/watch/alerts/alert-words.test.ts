import { describe, expect, it } from "vitest";
import type { Alert } from "@/contracts/watch/alert";
import { sampleAlert } from "@/testing/board-samples";
import { alertFilterAddress, alertFilterFrom, filterQuery, fitsFilter, wholeList } from "./alert-filter";
import { alertLine, byUrgency, ownerWords } from "./alert-words";
import { nextLookMs } from "./next-look";

const alert = sampleAlert("alr_1");
const owned = { acknowledgedBy: "Mira", acknowledgedAt: "2026-03-12T13:57:40.000Z" };

describe("an alert in words", () => {
  it("is the rule's sentence while it fires, and how long it lasted when it is over", () => {
    expect(alertLine(alert)).toBe("Silent since 14:01:38.");
    const over = { ...alert, state: "resolved" as const, resolvedAt: "2026-03-12T14:07:50.000Z" };
    expect(alertLine(over)).toBe("Silent since 14:01:38 · lasted 6 min 12 s");
  });

  it("says who has it, who should, or that nobody has", () => {
    const jonas = { id: "usr_2", name: "Jonas" };
    expect(ownerWords(alert)).toBe("nobody has it");
    expect(ownerWords({ ...alert, ...owned }, "UTC")).toBe("Mira has it since 13:57");
    expect(ownerWords({ ...alert, assignedTo: jonas })).toBe("assigned to Jonas, not acknowledged");
    expect(ownerWords({ ...alert, ...owned, assignedTo: jonas }, "UTC")).toBe(
      "Mira has it since 13:57, assigned to Jonas",
    );
    expect(ownerWords({ ...alert, ...owned, state: "resolved", resolution: "It beats again." })).toBe(
      "Mira had it, It beats again.",
    );
  });

  it("puts firing before resolved, critical before warning, what nobody has first, then new before old", () => {
    const make = (id: string, parts: Partial<Alert>) => sampleAlert(id, parts);
    const sorted = [
      make("resolved", { state: "resolved", resolvedAt: "2026-03-12T15:00:00Z" }),
      make("warning", { severity: "warning", firedAt: "2026-03-12T15:00:00Z" }),
      make("owned", { ...owned, firedAt: "2026-03-12T16:00:00Z" }),
      make("old", {}),
      make("new", { firedAt: "2026-03-12T15:00:00Z" }),
    ].sort(byUrgency);
    expect(sorted.map(({ id }) => id)).toEqual(["new", "old", "owned", "warning", "resolved"]);
  });
});

describe("the list's filter", () => {
  const me = { id: "usr_1", name: "Mira" };

  it("comes back from its own address, and leaves out what makes no sense", () => {
    const filter = {
      ...wholeList,
      severity: "critical" as const,
      group: "cron workers",
      mine: true,
      text: "a&b",
    };
    expect(alertFilterFrom(new URLSearchParams(alertFilterAddress(filter)))).toEqual(filter);
    expect(alertFilterFrom(new URLSearchParams("?severity=loud&state=never"))).toEqual(wholeList);
    expect(alertFilterAddress(wholeList)).toBe("");
  });

  it("narrows by severity, group, owner and words", () => {
    const fits = (part: Partial<typeof wholeList>, one = alert) =>
      fitsFilter(one, { ...wholeList, ...part }, me);
    expect(fits({})).toBe(true);
    expect(fits({ severity: "warning" })).toBe(false);
    expect(fits({ group: "main-agents" })).toBe(false);
    expect(fits({ text: " KEPLER" })).toBe(true);
    expect(fits({ text: "vega" })).toBe(false);
    expect(fits({ unowned: true }, { ...alert, ...owned })).toBe(false);
    expect(fits({ mine: true })).toBe(false);
    expect(fits({ mine: true }, { ...alert, ...owned })).toBe(true);
    expect(fits({ mine: true }, { ...alert, assignedTo: me })).toBe(true);
  });

  it("asks the server the same of what is over", () => {
    expect(filterQuery({ ...wholeList, severity: "info", unowned: true, mine: true, text: " x " })).toEqual({
      severity: "info",
      acknowledged: false,
      mine: true,
      q: "x",
    });
  });
});

describe("pending trouble is looked at again", () => {
  const nowMs = Date.parse("2026-03-12T14:02:20.000Z");

  it("when the next one fires, or when the minute has been judged", () => {
    expect(nextLookMs(nowMs, [])).toBe(45_000);
    expect(nextLookMs(nowMs, [null, "2026-03-12T14:02:30.000Z"])).toBe(10_700);
    expect(nextLookMs(nowMs, ["2026-03-12T14:02:20.000Z"])).toBe(2_000);
    expect(nextLookMs(Date.parse("2026-03-12T14:02:03.000Z"), [])).toBe(2_000);
    expect(nextLookMs(Date.parse("2026-03-12T14:02:05.000Z"), [])).toBe(60_000);
  });
});
