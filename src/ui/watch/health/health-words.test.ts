import { expect, it } from "vitest";
import type { WatchHealth } from "@/contracts/watch/dead-man";
import { healthBanner } from "./health-words";

const well: WatchHealth = {
  evaluation: { lagMs: 200, at: null },
  delivery: { lagMs: 200, at: null, backlog: 0, oldestMs: null },
  deadMan: { enabled: false, last: null, held: null },
  broken: [],
  faults: [],
};

it("nothing is said while all is well", () => expect(healthBanner(well)).toBeNull());

it("a broken channel leads to the channels, lateness to the server, and lateness is worse", () => {
  const broken = { ...well, broken: ["Ops Teams"], faults: ["Messages don't arrive at Ops Teams."] };
  expect(healthBanner(broken)?.link?.href).toBe("/settings/channels");
  const both = { ...broken, faults: ["Rules are judged 2 min late.", ...broken.faults] };
  expect(healthBanner(both)).toMatchObject({ link: null, what: both.faults.join(" ") });
});
