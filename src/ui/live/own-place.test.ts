import { expect, it } from "vitest";
import { OwnPlace } from "./own-place";

function place(page: string) {
  const told: string[] = [];
  const own = new OwnPlace(page, () => told.push(own.now));
  return { own, told };
}

it("is the page that was opened, without a word from it", async () => {
  const { own, told } = place("/settings/channels");
  expect(own.now).toBe("/settings/channels");
  own.opened("/settings/channels");
  await Promise.resolve();
  expect(told).toEqual([]);
  own.opened("/audit");
  await Promise.resolve();
  expect(told).toEqual(["/audit"]);
});

it("is what the page shows, as long as it does", async () => {
  const { own, told } = place("/alerts");
  const gone = own.shows("/alerts/alt_1");
  await Promise.resolve();
  gone();
  await Promise.resolve();
  expect(told).toEqual(["/alerts/alt_1", "/alerts"]);
});

it("tells no place in between when a page goes and another comes", async () => {
  const { own, told } = place("/alerts");
  const firstGone = own.shows("/alerts/alt_1");
  await Promise.resolve();
  firstGone();
  const secondGone = own.shows("/alerts/alt_2");
  await Promise.resolve();
  secondGone();
  own.opened("/audit");
  await Promise.resolve();
  expect(told).toEqual(["/alerts/alt_1", "/alerts/alt_2", "/audit"]);
});
