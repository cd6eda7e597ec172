import { startTeamsServer } from "@/testing/teams-server";
import { expect, test } from "./stack";

test.use({ story: "send-again" });

test("a message that was given up goes out by a click, once the channel is mended", async ({
  stack,
  page,
}) => {
  const teams = await startTeamsServer();
  await teams.script("/ops", [], { kind: "answer", status: 404, body: "Workflow not found" });
  await stack.owner.call("POST", "/v1/channels", {
    kind: "teams",
    name: "Ops Teams",
    config: { url: teams.url("/ops") },
  });
  const agent = await stack.agent("nightly-export");
  await stack.signIn(page, { name: "Mira", role: "admin" });
  const row = page.getByRole("row", { name: /nightly-export/ });
  await expect(row.getByText("Working").first()).toBeVisible();
  await agent.kill();

  await page.goto(`${stack.url}/alerts/deliveries`);
  // The inbox was told too: this is about the message to Teams.
  const sent = row.filter({ hasText: "Ops Teams" });
  await expect(sent.getByText("Given up")).toBeVisible({ timeout: 30_000 });
  await expect(sent.getByText(/^404/)).toBeVisible();

  await teams.script("/ops", [], { kind: "answer", status: 202 });
  const again = sent.getByRole("button", { name: /^Send the message about nightly-export/ });
  await again.click();
  await expect(page.getByText("Ops Teams is tried again")).toBeVisible();
  await expect(sent.getByText("Delivered")).toBeVisible();
  await expect(again).toHaveCount(0);
  expect((await teams.received("/ops")).filter(({ taken }) => taken)).toHaveLength(1);
  await teams.stop();
});
