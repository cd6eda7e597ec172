import { describe, expect, it } from "vitest";
import { alertsBadge, placeBadge, places } from "./places";

describe("the number at Alerts", () => {
  it("is red and counts what calls somebody; what is muted is said, not counted", () => {
    expect(alertsBadge(3, 0)).toEqual({ count: 3, tone: "offline", words: "firing" });
    expect(alertsBadge(3, 2)).toEqual({ count: 3, tone: "offline", words: "firing, 2 more muted" });
  });

  it("is grey when all that fires is muted: calm is not the same as hushed", () => {
    expect(alertsBadge(0, 4)).toEqual({ count: 4, tone: "neutral", words: "firing, all muted" });
  });

  it("is not there when nothing fires", () => {
    const alerts = places.find(({ id }) => id === "alerts");
    if (!alerts) throw new Error("There is no such place.");
    expect(alertsBadge(0, 0)).toBeNull();
    expect(placeBadge(alerts, undefined)).toBeNull();
    expect(placeBadge(alerts, { alerts: 0, muted: 0, commands: 7 })).toBeNull();
  });
});
