import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { Silence } from "@/contracts/watch/silence";
import { sampleAlert } from "@/testing/board-samples";
import { DrawnAt } from "../../format/ticker";
import { AlertSigns } from "./alert-signs";
import { type QuietBy, quietBy } from "./quiet-by";

const alert = sampleAlert("alr_1");
const inhibited = {
  by: "An outage speaks",
  source: "ledger: Any agent is offline",
  until: null,
  matching: 1,
  fits: [],
};
const silence = {
  kind: "silence",
  activeUntil: null,
  reason: "moving house",
  createdBy: { kind: "user", id: "usr_1", name: "Mira" },
} as unknown as Silence;

/** What a finger and a screen reader find, without what only a mouse does. */
const read = (quiet: QuietBy, drawnAt = 0) =>
  renderToStaticMarkup(
    <DrawnAt value={drawnAt}>
      <AlertSigns alert={alert} quiet={quietBy(alert, quiet)} />
    </DrawnAt>,
  )
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

it("says what mutes an alert, and who silenced it, as text and not only under a mouse", () => {
  expect(read({ inhibited })).toBe("muted, not told by ledger: Any agent is offline");
  const over = { ...inhibited, until: "2026-03-12T16:00:15.000Z" };
  expect(read({ inhibited: over })).toBe("muted, not told it may come back");
  expect(read({ silence })).toBe("silenced by Mira: moving house");
  expect(read({ inhibited, silence, snoozedUntil: "2026-03-12T16:00:00.000Z" })).toMatch(/^muted/);
  expect(read({ snoozedUntil: "2026-03-12T16:00:00.000Z" })).toMatch(/^snoozed until \d\d:\d\d$/);
});

it("says the day of an end that is not today: until 10:00 would be this morning's", () => {
  const drawnAt = new Date(2026, 2, 12, 14, 0).getTime();
  const until = (day: number) =>
    read({ silence: { ...silence, activeUntil: new Date(2026, 2, day, 10, 0).toISOString() } }, drawnAt);
  expect(until(12)).toBe("silenced until 10:00 by Mira: moving house");
  expect(until(13)).toBe("silenced until tomorrow 10:00 by Mira: moving house");
  expect(until(14)).toBe("silenced until Sat 10:00 by Mira: moving house");
  expect(read({ snoozedUntil: new Date(2026, 2, 14, 10, 0).toISOString() }, drawnAt)).toBe(
    "snoozed until Sat 10:00",
  );
});

it("says nothing of what is not quiet, or over", () => {
  expect(read({ snoozedUntil: null })).toBe("");
  expect(quietBy({ ...alert, state: "resolved" }, { inhibited })).toBeNull();
});
