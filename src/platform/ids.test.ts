import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createIds, systemIds } from "./ids";

describe("ids", () => {
  it("are a prefix and 26 characters without letters that look alike", () => {
    expect(systemIds.id("agt")).toMatch(/^agt_[0-9a-hjkmnp-tv-z]{26}$/);
    expect(systemIds.secret("mca")).toMatch(/^mca_[A-Za-z0-9_-]{43}$/);
  });

  it("grow within a millisecond, and when the clock goes back", () => {
    const times = [5, 5, 4, 1, 6];
    const ids = createIds(() => times.shift() ?? 7, randomBytes);
    const made = Array.from({ length: 200 }, () => ids.id("x"));
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(200);
  });

  it("count into the next millisecond when the random part is used up", () => {
    const ids = createIds(
      () => 1,
      (count) => Buffer.alloc(count, 0xff),
    );
    const [first, second] = [ids.id("x"), ids.id("x")];
    expect(second > first).toBe(true);
  });

  it("gives chances from 0 up to, but not including, 1", () => {
    const ids = createIds(
      () => 1,
      (count) => Buffer.alloc(count, 0xff),
    );
    expect(ids.random()).toBeLessThan(1);
  });
});
