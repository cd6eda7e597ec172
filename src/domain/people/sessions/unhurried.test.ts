import { expect, test } from "vitest";
import { fakeClock } from "@/testing/clock";
import { floorMs, unhurried } from "./unhurried";

test.each(["succeeds", "fails"])("work that %s is answered at the floor, no sooner", async (how) => {
  const clock = fakeClock();
  let answered = false;
  const answer = unhurried(clock, async () => {
    await clock.sleep(40);
    if (how === "fails") throw new Error("no");
  })
    .catch(() => undefined)
    .finally(() => {
      answered = true;
    });
  await clock.advance(floorMs - 1);
  expect(answered).toBe(false);
  await clock.advance(1);
  await answer;
});
