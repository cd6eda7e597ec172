import { afterEach, beforeEach, expect, test } from "vitest";
import { createSilence } from "@/domain/watch/silences";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { personCtx } from "@/testing/ground";
import { policyOf, TellingStage } from "@/testing/telling";
import { passClockSetBack } from "./pass-clock-set-back";

const second = 1_000;
const minute = 60 * second;

let clock: FakeClock;
let stage: TellingStage;
beforeEach(async () => {
  clock = fakeClock("2026-11-20T10:00:00Z");
  stage = await TellingStage.open(clock, policyOf());
  await stage.pass(second);
});
afterEach(() => stage.close());

/** Ten minutes back, as a person or a time server does. */
async function setBack(): Promise<void> {
  clock.setWall(new Date(clock.nowMs() - 10 * minute));
  await passClockSetBack(stage.ground);
}

test("what a group gathers when the clock is set back is told, as is what comes then", async () => {
  await stage.fire({ id: "a" });
  await stage.pass(10 * second);
  await setBack();
  await stage.pass(second);
  expect(await stage.lines()).toEqual(["09:50:11 ops firing +a"]);
});

test("a group that told before goes on telling: news and ends don't wait for the old time to come again", async () => {
  await stage.fire({ id: "a" });
  await stage.pass(minute);
  await setBack();
  await stage.fire({ id: "b" });
  await stage.pass(31 * second);
  expect((await stage.lines()).filter((line) => line.includes("+b"))).toEqual(["09:51:31 ops firing +b"]);
  await stage.resolve("a", "b");
  await stage.pass(31 * second);
  expect((await stage.lines()).filter((line) => line.includes("-a"))).toEqual([
    "09:52:02 ops resolved -a -b",
  ]);
});

test("a silence from now on holds at once, one for later waits for its moment", async () => {
  const silenced = (agent: string, startsAt?: Date) =>
    createSilence(personCtx(stage.ground), {
      kind: "silence",
      matchers: [{ label: "agent", op: "=", value: agent }],
      reason: "planned",
      endsAt: new Date(clock.nowMs() + 60 * minute).toISOString(),
      schedule: null,
      ...(startsAt ? { startsAt: startsAt.toISOString() } : {}),
    });
  await silenced("now");
  await silenced("later", new Date(clock.nowMs() + 10 * minute));
  await setBack();
  await stage.fire({ id: "now", subjectName: "now" }, { id: "later", subjectName: "later" });
  await stage.pass(minute);
  expect(await stage.lines()).toEqual(["09:50:31 ops firing +later"]);
});
