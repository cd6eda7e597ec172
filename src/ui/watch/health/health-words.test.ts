import { expect, it } from "vitest";
import type { WatchHealth } from "@/contracts/watch/dead-man";
import { healthBanner } from "./health-words";

const well: WatchHealth = {
  asOf: "2026-03-12T14:06:31.400Z",
  evaluation: { lagMs: 200, at: null, late: false },
  delivery: { lagMs: 200, at: null, late: false, backlog: 0, oldestMs: null },
  deadMan: { enabled: false, last: null, held: null },
  broken: [],
  faults: [],
};

it("nothing is said while all is well", () => expect(healthBanner(well)).toBeNull());

it("a broken channel leads to the channels, lateness to the health of watching, and lateness is worse", () => {
  const broken = { ...well, broken: ["Ops Teams"], faults: ["Messages don't arrive at Ops Teams."] };
  expect(healthBanner(broken)?.link?.href).toBe("/settings/channels");
  const faults = ["Rules are evaluated 2 min late.", ...broken.faults];
  const both = { ...broken, evaluation: { lagMs: 120_000, at: null, late: true }, faults };
  expect(healthBanner(both)).toMatchObject({ link: { href: "/alerts/health" }, what: faults.join(" ") });
});
