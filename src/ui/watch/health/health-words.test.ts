import { expect, it } from "vitest";
import { sampleHealth as well } from "@/testing/watch-samples";
import { healthBanner } from "./health-words";

it("nothing is said while all is well", () => expect(healthBanner(well, true)).toBeNull());

it("a broken channel leads to the channels, lateness to the health of watching, and lateness is worse", () => {
  const broken = { ...well, broken: ["Ops Teams"], faults: ["Messages don't arrive at Ops Teams."] };
  expect(healthBanner(broken, true)?.link?.href).toBe("/settings/channels");
  const faults = ["Rules are evaluated 2 min late.", ...broken.faults];
  const both = { ...broken, evaluation: { lagMs: 120_000, at: null, late: true }, faults };
  expect(healthBanner(both, true)).toMatchObject({
    link: { href: "/alerts/health" },
    what: faults.join(" "),
  });
});

it("a broken channel tells what waits from what was given up: only the one goes out by itself", () => {
  const broken = { ...well, broken: ["Ops Teams"], faults: ["Messages don't arrive at Ops Teams."] };
  const means = (waiting: number, givenUp: number) =>
    healthBanner({ ...broken, undelivered: { waiting, givenUp } }, true)?.means;
  expect(means(3, 0)).toBe(
    "3 messages wait and go out once it works again. Mend the address and send a test.",
  );
  expect(means(0, 2)).toBe(
    "2 messages were given up; none waits. Mend the address and send a test, then send again what was given up.",
  );
  expect(means(1, 1)).toMatch(/^1 message waits and goes out once it works again; 1 was given up\. /);
  expect(means(0, 0)).toMatch(/^No message waits\. /);
});

it("who may not mend channels and pings is told whom to ask, and where to look", () => {
  const broken = { ...well, broken: ["Ops Teams"], faults: ["Messages don't arrive at Ops Teams."] };
  expect(healthBanner(broken, false)).toMatchObject({
    means: "No message waits. Ask an admin to mend it.",
    link: { href: "/alerts/health" },
  });
  const ping = { ...well, faults: ["The dead-man ping is not taken by its service."] };
  expect(healthBanner(ping, false)?.means).toMatch(/ Ask an admin to check its address\.$/);
  expect(healthBanner(ping, true)?.means).toMatch(/ Check its address\.$/);
});
