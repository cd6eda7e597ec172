import { startTeamsServer } from "@/testing/teams-server";
import { firingAgent } from "./firing-agent";
import { expect, test } from "./stack";

test.use({ story: "alerts-inbox" });

test("the bell counts up on a screen that only stands there, and the panel leads to the alert", async ({
  stack,
  page,
}) => {
  await stack.signIn(page, { name: "Mira", role: "viewer" });
  await expect(page.getByText(/live/).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Inbox", exact: true })).toBeVisible();
  const { alertId } = await firingAgent(stack, "nightly-export");
  const bell = page.getByRole("button", { name: /^Inbox, \d+ unread$/ });
  await expect(bell).toBeVisible({ timeout: 20_000 });
  await bell.click();
  const panel = page.getByRole("dialog", { name: "Inbox" });
  await expect(panel.getByRole("link", { name: /nightly-export/ }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Inbox", exact: true })).toBeVisible();
  await panel
    .getByRole("link", { name: /nightly-export/ })
    .first()
    .click();
  await expect(page).toHaveURL(new RegExp(`/alerts/${alertId}|/alerts`));
});

test("a channel of one's own kind: its test shows request and answer, and a webhook's secret is shown once", async ({
  stack,
  page,
}) => {
  const receiver = await startTeamsServer();
  await stack.signIn(page, { name: "Jonas", role: "admin" }, "/settings/channels");
  await page.getByRole("button", { name: "Add a channel" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Webhook" }).click();
  await dialog.getByLabel("Name").fill("Ticket system");
  await dialog.getByLabel("Address").fill("nonsense");
  await dialog.getByRole("button", { name: "Add the channel" }).click();
  await expect(dialog.getByText("Paste the whole address, it begins with https://")).toBeVisible();
  await dialog.getByLabel("Address").fill(receiver.url("/tickets"));
  await dialog.getByText("Words of the messages").click();
  await dialog.getByLabel("Title").fill("Look at {{subject}}");
  await expect(dialog.getByRole("region", { name: "Preview" }).getByText(/^Look at /)).toBeVisible();
  await dialog.getByRole("button", { name: "Add the channel" }).click();
  const secret = page.getByRole("dialog", { name: "Signing secret of Ticket system" });
  await expect(secret).toBeVisible();
  await secret.getByRole("button", { name: "I have kept it" }).click();

  const item = page.getByRole("listitem").filter({ hasText: "Ticket system" });
  await item.getByRole("button", { name: "Send a test" }).click();
  await expect(item.getByText("Delivered", { exact: true })).toBeVisible();
  await item.getByText("The request:").click();
  await expect(item.getByRole("region", { name: "Body" })).toBeVisible();
  await receiver.stop();
});
