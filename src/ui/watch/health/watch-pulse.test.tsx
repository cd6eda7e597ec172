// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { Role } from "@/contracts/people/role";
import { sampleAlert } from "@/testing/board-samples";
import { pageStage } from "@/testing/page-stage";
import { sampleHealth as well } from "@/testing/watch-samples";
import { WatchBanner } from "./watch-banner";
import { WatchPulse } from "./watch-pulse";

const fault = "Messages don't arrive at Ops Teams.";
const broken = { ...well, broken: ["Ops Teams"], faults: [fault], undelivered: { waiting: 0, givenUp: 2 } };

afterEach(cleanup);

it("the pulse says that all is quick, and says a fault instead to everybody, in the tone of trouble", async () => {
  render(<WatchPulse />, pageStage({ answer: () => well, role: "viewer" }));
  await screen.findByText("Rules evaluated under 1 s ago · nothing waits to be sent");
  cleanup();
  render(<WatchPulse />, pageStage({ answer: () => broken, role: "viewer" }));
  expect((await screen.findByText(fault)).className).toContain("text-tone");
  expect(screen.queryByText(/nothing waits/)).toBeNull();
});

it("a fault is said before any rule was evaluated too", async () => {
  const started = { ...broken, evaluation: { lagMs: null, at: null, late: false } };
  render(<WatchPulse />, pageStage({ answer: () => started }));
  await screen.findByText(fault);
});

it("the banner is for who acts on alerts; what only an admin can do it asks only admins for", async () => {
  const bannerOf = (role: Role) => {
    cleanup();
    const stage = pageStage({ answer: () => broken, role });
    render(<WatchBanner />, stage);
    return stage;
  };
  bannerOf("operator");
  await screen.findByText("2 messages were given up; none waits. Ask an admin to mend it.");
  expect(screen.getByRole("link").getAttribute("href")).toBe("/alerts/health");
  bannerOf("admin");
  await screen.findByText(/Mend the address and send a test/);
  expect(screen.getByRole("link").getAttribute("href")).toBe("/settings/channels");
  expect(bannerOf("viewer").asked).toEqual([]);
});

it("is read again when an alert about ourselves begins, and when it ends", async () => {
  const stage = pageStage({ answer: () => well });
  render(<WatchPulse />, stage);
  await waitFor(() => expect(stage.asked).toHaveLength(1));
  const own = sampleAlert("own", { kind: "self", agentId: null });
  stage.hear(sampleAlert("other"));
  expect(stage.asked).toHaveLength(1);
  stage.hear(own);
  await waitFor(() => expect(stage.asked).toHaveLength(2));
  stage.hear({ ...own, state: "resolved" });
  // Calm: at most once in three seconds.
  await waitFor(() => expect(stage.asked).toHaveLength(3), { timeout: 5_000 });
});
