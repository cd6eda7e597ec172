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
  await expect(row.getByText("Given up")).toBeVisible({ timeout: 30_000 });
  await expect(row.getByText(/^404/)).toBeVisible();

  await teams.script("/ops", [], { kind: "answer", status: 202 });
  await row.getByRole("button", { name: /^Send the message about nightly-export/ }).click();
  await expect(page.getByText("Ops Teams is tried again")).toBeVisible();
  await expect(row.getByText("Delivered")).toBeVisible();
  await expect(row.getByRole("button")).toHaveCount(0);
  expect((await teams.received("/ops")).filter(({ taken }) => taken)).toHaveLength(1);
  await teams.stop();
});
