import { expect, it } from "vitest";
import { factWhy } from "./fact-words";

it("tells why by a person's own words first, else by what the server noted", () => {
  expect(factWhy({ reason: "night shift", data: { because: "x" } })).toBe("night shift");
  expect(factWhy({ reason: null, data: { because: "wrong password", ip: "203.0.113.7" } })).toBe(
    "wrong password, from 203.0.113.7",
  );
  expect(factWhy({ reason: null, data: { ip: null } })).toBeNull();
  expect(factWhy({ reason: null, data: null })).toBeNull();
});
