import { firingAgent, onlineAgent } from "./firing-agent";
import { expect, test } from "./stack";

test.use({ story: "alerts-quiet" });

test("an alert is snoozed and silenced from where it stands, and its story says so", async ({
  stack,
  page,
}) => {
  const { alertId } = await firingAgent(stack, "nightly-export");
  await stack.signIn(page, { name: "Mira", role: "operator" }, `/alerts/${alertId}`);
  const actions = page.getByRole("toolbar", { name: /^Actions on the alert/ });
  const story = page.getByRole("list", { name: "Story" });
  const redNumber = page.getByRole("link", { name: /^Alerts 1 firing$/ });
  await expect(redNumber.first()).toBeVisible();

  await actions.getByRole("button", { name: "Snooze" }).click();
  await page.getByRole("menuitem", { name: "1 h" }).click();
  await expect(story.getByText("Mira snoozed it")).toBeVisible();
  await expect(redNumber).toHaveCount(0);
  await actions.getByRole("button", { name: "Snooze" }).click();
  await page.getByRole("menuitem", { name: "End the snooze" }).click();
  await expect(story.getByText("Mira ended the snooze")).toBeVisible();
  await expect(redNumber.first()).toBeVisible();

  await actions.getByRole("button", { name: "Silence…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Value of condition 1")).toHaveValue("nightly-export");
  await expect(dialog.getByText(/Fits 1 firing alert now: nightly-export/)).toBeVisible();
  await dialog.getByRole("button", { name: "Silence it" }).click();
  await expect(dialog.getByText("Say why: whoever wonders at night reads it.")).toBeVisible();
  await dialog.getByLabel("Reason").fill("The export moves house");
  await dialog.getByRole("button", { name: "Silence it" }).click();
  await expect(dialog).toHaveCount(0);

  const listed = page.getByRole("listitem").filter({ hasText: "nightly-export" }).first();
  await expect(listed.getByText(/^silenced until (tomorrow )?\d\d:\d\d$/)).toBeVisible();
  await expect(page.locator("[data-alert=nightly-export][data-muted]")).toBeVisible();
  await expect(redNumber).toHaveCount(0);
  await expect(page.getByRole("link", { name: "The export moves house" })).toBeVisible();
  await page.goto(`${stack.url}/alerts/silences`);
  const item = page.getByRole("listitem").filter({ hasText: "The export moves house" });
  await expect(page.getByRole("link", { name: /^Alerts/ }).first()).toHaveAccessibleName(
    "Alerts 1 firing, all muted",
  );
  await expect(item.getByText("agent = nightly-export")).toBeVisible();
  await expect(item.getByText(/^until .*left$/)).toBeVisible();
  await expect(item.getByText("by Mira")).toBeVisible();
  await item.getByRole("button", { name: /^End now/ }).click();
  await expect(page.getByRole("region", { name: "Ended" }).getByText(/^ended .* by Mira$/)).toBeVisible();
  await expect(redNumber.first()).toBeVisible();
});

test("maintenance that comes back says its next three times, and ends for everybody at once", async ({
  stack,
  page,
  browser,
}) => {
  const other = await (await browser.newContext()).newPage();
  await stack.signIn(page, { name: "Mira", role: "operator" });
  await stack.signIn(other, { name: "Jonas", role: "admin" }, "/alerts/silences");
  await page.goto(`${stack.url}/alerts/silences`);
  await page.getByRole("button", { name: "Plan maintenance" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Value of condition 1").fill("vega-1");
  await dialog.getByRole("radio", { name: "Comes back" }).click();
  for (const day of ["Mon", "Tue", "Wed", "Thu", "Fri"])
    await dialog.getByRole("button", { name: day }).click();
  await dialog.getByLabel("Hours from").fill("22:00");
  await dialog.getByLabel("Hours to").fill("04:00");
  await dialog.getByLabel("Time zone of Hours").fill("Europe/Berlin");
  // The first of them may be under way, and then begins now.
  const next = dialog
    .getByRole("listitem")
    .filter({ hasText: /^(Sat|Sun|Mon) .*, \d{2}:\d{2} to 04:00 \(Berlin\)$/ });
  await expect(next).toHaveCount(3);
  for (const place of [1, 2])
    await expect(next.nth(place)).toHaveText(/^(Sat|Sun) .*22:00 to 04:00 \(Berlin\)$/);
  await dialog.getByLabel("Reason").fill("Weekend backups");
  await dialog.getByRole("button", { name: "Plan the work" }).click();
  await expect(dialog).toHaveCount(0);

  const there = other.getByRole("listitem").filter({ hasText: "Weekend backups" });
  await expect(there.getByText("22:00–04:00 at weekends, Berlin time")).toBeVisible();
  await there.getByRole("button", { name: /^End now/ }).click();
  await expect(
    page.getByRole("region", { name: "Ended" }).getByRole("listitem").filter({ hasText: "Weekend backups" }),
  ).toBeVisible();
});

test("a silence and planned work of which nothing was filled in are refused at the field", async ({
  stack,
  page,
}) => {
  await stack.signIn(page, { name: "Mira", role: "operator" }, "/alerts/silences");
  for (const [open, send] of [
    ["Silence alerts", "Silence it"],
    ["Plan maintenance", "Plan the work"],
  ] as const) {
    await page.getByRole("button", { name: open }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Reason").fill("Nothing in particular");
    await dialog.getByRole("button", { name: send }).click();
    await expect(dialog.getByRole("alert")).toHaveText(/^Say which agent\. To mean alerts without any/);
    await dialog.getByLabel("Value of condition 1").fill("vega-1");
    await expect(dialog.getByRole("alert")).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  }
  const matchers = [{ label: "agent", op: "=", value: "" }];
  const endsAt = new Date(Date.now() + 3_600_000).toISOString();
  await expect(
    stack.owner.call("POST", "/v1/silences", { matchers, reason: "Nothing in particular", endsAt }),
  ).rejects.toThrow(/Say which agent/);
});

test("an alert that another one speaks for is recognised in the list, and its story says what comes next", async ({
  stack,
  page,
}) => {
  const { version, policy } = await stack.owner.call<{
    version: number;
    policy: { root: object; inhibitions: object[] };
  }>("GET", "/v1/alert-policy");
  const agentIs = (value: string) => [{ label: "agent", op: "=", value }];
  const speaks = {
    ...{ id: "ledger", name: "The ledger speaks for its export", equal: [], enabled: true },
    ...{ source: agentIs("ledger"), target: agentIs("ledger-export") },
  };
  const changed = { ...policy, inhibitions: [speaks, ...policy.inhibitions] };
  await stack.owner.call("PUT", "/v1/alert-policy", { version, policy: changed });
  // One that lives, or their host would count as down and speak for both.
  await onlineAgent(stack, "ledger-clock");
  const ledger = await firingAgent(stack, "ledger");
  const { alertId } = await firingAgent(stack, "ledger-export");
  await stack.signIn(page, { name: "Mira", role: "operator" }, `/alerts/${alertId}`);
  const listed = page.locator("[data-alert=ledger-export]");
  await expect(listed.getByText("muted, not told")).toBeVisible();
  await expect(page.getByText(/^while ledger: .* fires, by The ledger speaks for its export$/)).toBeVisible();
  await expect(page.locator("[data-alert=ledger-export][data-muted]")).toBeVisible();
  // The newer one of two of one severity would stand on top and open first, if it were told.
  const fresh = await page.context().newPage();
  await fresh.goto(`${stack.url}/alerts`);
  const shown = fresh.getByRole("list", { name: "Firing" }).locator("[data-alert]").first();
  await expect(shown.locator("a[aria-current=true]")).toHaveText("ledger");
  await fresh.close();
  const story = page.getByRole("list", { name: "Story" });
  const next = story.locator("[data-kind=next]");
  await expect(next.first()).toHaveText(
    /Muted by “The ledger speaks for its export” while ledger: .* fires; then .*Inbox.* told, if it still fires/,
  );
  ledger.agent.start();
  await expect(listed.getByText("muted, not told")).toHaveCount(0, { timeout: 30_000 });
  await expect(next.first()).toHaveText(/told again at (tomorrow )?\d\d:\d\d unless somebody takes it/, {
    timeout: 60_000,
  });
});
