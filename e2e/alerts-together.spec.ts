import type { Route } from "@playwright/test";
import { firingAgent } from "./firing-agent";
import { expect, test } from "./stack";

test.use({ story: "alerts-together" });

test("who has it, what they wrote and whom they asked is on every screen at once", async ({
  stack,
  browser,
}) => {
  const { agent, alertId } = await firingAgent(stack, "nightly-export");
  const mira = await (await browser.newContext()).newPage();
  const jonas = await (await browser.newContext()).newPage();
  await stack.signIn(mira, { name: "Mira", role: "operator" });
  await stack.signIn(jonas, { name: "Jonas", role: "admin" });
  await mira.goto(`${stack.url}/alerts/${alertId}`);
  await jonas.goto(`${stack.url}/alerts/${alertId}`);
  await expect(jonas.getByText("nobody has it", { exact: true })).toBeVisible();
  await expect(jonas.getByText("Mira looks too")).toBeVisible();

  const actions = mira.getByRole("toolbar", { name: /^Actions on the alert/ });
  await actions.getByRole("button", { name: "Acknowledge" }).click();
  await mira.getByLabel("Note").fill("The disk, again.");
  await mira.getByLabel("Note").press("Enter");
  await expect(jonas.getByText(/^Mira has it since/)).toBeVisible({ timeout: 3_000 });
  const story = jonas.getByRole("list", { name: "Story" });
  await expect(story.getByText("Mira acknowledged")).toBeVisible();
  await expect(story.getByText("The disk, again.")).toBeVisible();

  await actions.getByRole("button", { name: "Assign" }).click();
  await mira.getByRole("option", { name: "Jonas" }).click();
  await expect(story.getByText("Mira assigned it")).toBeVisible();

  await jonas.getByLabel("Comment").fill("I am there in five minutes.");
  await jonas.getByRole("button", { name: "Comment" }).click();
  await expect(
    mira.getByRole("list", { name: "Story" }).getByText("I am there in five minutes."),
  ).toBeVisible();

  agent.start();
  await expect(story.getByText("Resolved", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(story.getByText("Next", { exact: true })).toHaveCount(0);
});

test("many are acknowledged in one go, and the list is narrowed to what nobody has", async ({
  stack,
  page,
}) => {
  await firingAgent(stack, "embed-catalogue");
  await firingAgent(stack, "smoke-eu");
  await stack.signIn(page, { name: "Mira", role: "operator" }, "/alerts?unowned=1");
  const list = page.getByRole("region", { name: "Alerts", exact: true });
  const items = list.locator("[data-alert]");
  await expect(items).toHaveCount(2);
  await list.getByRole("searchbox").fill("smoke");
  await expect(items).toHaveCount(1);
  await list.getByRole("searchbox").fill("");
  await list.getByRole("button", { name: "Pick several" }).click();
  await list.getByRole("button", { name: "Pick all 2" }).click();
  await list.getByRole("button", { name: "Acknowledge 2" }).click();
  await expect(page.getByText("2 alerts acknowledged")).toBeVisible();
  await expect(items).toHaveCount(0);
});

test("of two who acknowledge at once the slower one is told who has it, and can take it over", async ({
  stack,
  page,
}) => {
  const { alertId } = await firingAgent(stack, "ledger-sync");
  await stack.signIn(page, { name: "Mira", role: "operator" });
  // Jonas acknowledges between her click and the server: her page cannot know yet.
  const first = async (route: Route) => {
    await stack.owner.call("POST", `/v1/alerts/${alertId}/acknowledge`, {});
    await route.continue();
  };
  await page.route(/alerts\.acknowledge/, first, { times: 1 });
  await page.goto(`${stack.url}/alerts/${alertId}`);
  const actions = page.getByRole("toolbar", { name: /^Actions on the alert/ });
  await actions.getByRole("button", { name: "Acknowledge" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Acknowledge" }).click();
  await expect(
    dialog.getByText(/acknowledged it (just now|\d+ s ago)\. Take it over if you mean to\./),
  ).toBeVisible();
  await expect(dialog.getByRole("heading", { name: /^Take over from / })).toBeVisible();
  await dialog.getByRole("button", { name: "Take over" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(/^Mira has it since/).first()).toBeVisible();
});
