// @vitest-environment happy-dom

import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { agentStatuses } from "@/contracts/fleet/agent-statuses";
import { type Activity, type AgentStatus, activities } from "@/contracts/fleet/status";
import { StatusBadge } from "./status-badge";
import { statusKeys, statusRank, statusWord } from "./status-words";

afterEach(cleanup);

interface Shown {
  status: AgentStatus;
  activity: Activity | null;
}

const everything = agentStatuses.flatMap((status): Shown[] =>
  status === "online" ? activities.map((activity) => ({ status, activity })) : [{ status, activity: null }],
);

describe("StatusBadge", () => {
  it.each(everything)("tells $status $activity by word, shape and colour", ({ status, activity }) => {
    const { container } = render(<StatusBadge status={status} activity={activity} />);
    expect(screen.getByText(statusWord(status, activity))).toBeTruthy();
    const badge = container.querySelector("[data-slot=status-badge]");
    expect(badge?.getAttribute("data-tone")).toBeTruthy();
    // The word is there to be read, so the shape must not be read as well.
    expect(container.querySelector("svg[data-shape]")?.getAttribute("aria-hidden")).toBe("true");
  });

  it("gives every status a word of its own", () => {
    const words = everything.map(({ status, activity }) => statusWord(status, activity));
    expect(new Set(words).size).toBe(words.length);
  });

  it("ignores what an agent did before it went away", () => {
    expect(statusWord("offline", "working")).toBe("Offline");
    expect(statusWord("online", null)).toBe("Idle");
  });
});

describe("statusRank", () => {
  it("puts what needs a human first and what is fine last, in the order of statusKeys", () => {
    const sorted = [...everything].sort(
      (a, b) => statusRank(a.status, a.activity) - statusRank(b.status, b.activity),
    );
    const keys = sorted.map(({ status, activity }) => (status === "online" ? activity : status));
    expect(keys).toEqual(statusKeys);
    expect(keys.slice(0, 3)).toEqual(["offline", "stuck", "waiting"]);
  });
});
