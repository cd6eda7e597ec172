import { expect, test } from "vitest";
import { fakeClock } from "@/testing/clock";
import { createAttempts } from "./attempts";
import { floorMs, unhurried } from "./unhurried";

test("the sixth attempt within five minutes is refused, with the time to wait in words", async () => {
  const clock = fakeClock();
  const attempts = createAttempts(clock);
  for (let count = 0; count < 5; count++) attempts.take("127.0.0.1 ada@example.com");
  expect(() => attempts.take("127.0.0.1 ada@example.com")).toThrow("Try again in 5 minutes.");
  attempts.take("127.0.0.1 bob@example.com");
  await clock.advance(299_000);
  expect(() => attempts.take("127.0.0.1 ada@example.com")).toThrow("Try again in a second.");
  await clock.advance(1_000);
  attempts.take("127.0.0.1 ada@example.com");
});

test("what succeeded does not count", () => {
  const attempts = createAttempts(fakeClock());
  for (let count = 0; count < 20; count++) {
    attempts.take("key");
    attempts.forget("key");
  }
});

test("many names push out the oldest, not the memory", () => {
  const attempts = createAttempts(fakeClock());
  for (let count = 0; count < 5; count++) attempts.take("first");
  for (let count = 0; count < 20_000; count++) attempts.take(`name ${count}`);
  attempts.take("first");
});

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
