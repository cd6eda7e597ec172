import { expect, it } from "vitest";
import type { WatchHealth } from "@/contracts/watch/dead-man";
import { backlogWords, healthParts } from "./health-parts";

const at = "2026-03-12T14:06:31.000Z";
const well: WatchHealth = {
  asOf: "2026-03-12T14:06:31.400Z",
  evaluation: { lagMs: 420, at, late: false },
  delivery: { lagMs: 200, at, late: false, backlog: 0, oldestMs: null },
  deadMan: { enabled: true, last: { at, ok: true, status: 200, answer: "OK", tookMs: 40 }, held: null },
  broken: [],
  undelivered: { waiting: 0, givenUp: 0 },
  faults: [],
};
const part = (health: WatchHealth, id: string) =>
  healthParts(health).find((one) => one.id === id) ?? expect.fail(`no part ${id}`);

it("all is well: nothing to do, and each says how well", () => {
  expect(healthParts(well).map(({ tone }) => tone)).toEqual(["online", "online", "online", "online"]);
  expect(healthParts(well).flatMap(({ todo }) => todo)).toEqual([]);
  expect(part(well, "evaluation").says).toBe("Less than a second behind.");
  expect(part(well, "delivery").says).toBe("Less than a second behind. Nothing waits to be sent.");
});

it("what is late says how late, what that means and what to do", () => {
  const late = part({ ...well, evaluation: { lagMs: 125_000, at, late: true } }, "evaluation");
  expect(late).toMatchObject({ tone: "stuck", title: "Rules are evaluated late" });
  expect(late.says).toMatch(/^2 min 5 s behind\..*None is lost/);
  expect(late.todo.length).toBeGreaterThan(1);
});

it("late messages because a channel fails: the channel comes first", () => {
  const delivery = { lagMs: 90_000, at, late: true, backlog: 12, oldestMs: 90_000 };
  const health = { ...well, delivery, broken: ["Ops Teams"] };
  expect(part(health, "delivery").todo[0]).toMatch(/^Mend Ops Teams first/);
  expect(part(health, "delivery").link?.href).toBe("/alerts/deliveries?state=pending");
  expect(part(health, "channels")).toMatchObject({
    tone: "offline",
    link: { href: "/settings/channels", words: "Open the channels" },
  });
});

it("before the first turn nothing is known, which is not good news", () => {
  const health = { ...well, evaluation: { lagMs: null, at: null, late: false } };
  expect(part(health, "evaluation")).toMatchObject({ tone: "unknown", shape: "unknown" });
});

it("the ping: off, held on purpose, not taken", () => {
  const outside = (deadMan: Partial<WatchHealth["deadMan"]>) =>
    part({ ...well, deadMan: { ...well.deadMan, ...deadMan } }, "outside");
  expect(outside({ enabled: false }).tone).toBe("unknown");
  expect(outside({ held: "Rules are evaluated 2 min late." }).says).toMatch(
    /^Rules are evaluated 2 min late\./,
  );
  const last = { at, ok: false, status: 404, answer: "Not found", tookMs: 40 };
  expect(outside({ last })).toMatchObject({ tone: "stuck", title: "The dead-man ping is not taken" });
});

it("what waits is counted, with the age of the oldest", () => {
  expect(backlogWords({ ...well.delivery, backlog: 1, oldestMs: 65_000 })).toBe(
    "1 message waits to be sent, the oldest for 1 min 5 s",
  );
  expect(backlogWords({ ...well.delivery, backlog: 3 })).toBe("3 messages wait to be sent");
});
