import { expect, it } from "vitest";
import { ClockOffset } from "./clock-offset";

it("finds the server's clock from the sample that was least on the way", () => {
  const clock = new ClockOffset();
  expect(clock.ms).toBeUndefined();
  // The server is 5,000 ms ahead; 300 ms there and 10 ms back would mislead alone.
  clock.add(1_000, 6_300, 6_400, 1_410, 1_410);
  expect(clock.ms).toBe(5_145);
  clock.add(2_000, 7_010, 7_100, 2_110, 2_110);
  expect(clock.ms).toBe(5_000);
});

it("forgets what it knew when our clock is stepped", () => {
  const clock = new ClockOffset();
  clock.add(1_000, 6_001, 6_001, 1_002, 1_002);
  clock.add(10_000, 6_500, 6_500, 10_200, 2_200);
  expect(clock.ms).toBe(-3_600);
});
