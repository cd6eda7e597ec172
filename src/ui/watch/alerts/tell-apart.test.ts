import { expect, it } from "vitest";
import type { Silence } from "@/contracts/watch/silence";
import { sampleAlert } from "@/testing/board-samples";
import { tellApart } from "./tell-apart";

const nothing = { inhibited: new Map(), silenced: new Map() };
const ids = ({ calling, muted }: ReturnType<typeof tellApart>) =>
  [calling, muted].map((part) => part.map(({ id }) => id));

it("an outage calls, and those that it speaks for do not, however severe; the order stays", () => {
  const outage = { ...sampleAlert("outage"), severity: "warning" as const };
  const dead = ["dead-1", "dead-2"].map((id) => ({ ...sampleAlert(id), severity: "critical" as const }));
  const speaks = {
    by: "An outage speaks",
    source: "ledger",
    until: null,
    matching: 2,
    fits: ["dead-1", "dead-2"],
  };
  const inhibited = new Map(speaks.fits.map((id) => [id, speaks]));
  expect(ids(tellApart([...dead, outage], { ...nothing, inhibited }, 0))).toEqual([
    ["outage"],
    ["dead-1", "dead-2"],
  ]);
});

it("what is silenced is quiet, and what is snoozed until the snooze is over", () => {
  const silenced = new Map([["silenced", {} as Silence]]);
  const snoozed = { ...sampleAlert("snoozed"), snoozedUntil: "2026-03-12T16:00:00.000Z" };
  const alerts = [snoozed, sampleAlert("silenced"), sampleAlert("plain")];
  const endMs = Date.parse(snoozed.snoozedUntil);
  expect(ids(tellApart(alerts, { ...nothing, silenced }, endMs - 1))).toEqual([
    ["plain"],
    ["snoozed", "silenced"],
  ]);
  expect(ids(tellApart(alerts, { ...nothing, silenced }, endMs))).toEqual([
    ["snoozed", "plain"],
    ["silenced"],
  ]);
});
