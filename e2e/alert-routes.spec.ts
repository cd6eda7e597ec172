import { findings } from "./axe";
import { expect, test } from "./stack";

test.use({ story: "alert-routes" });

type Policy = { version: number; policy: { root: { routes: { id: string; name: string }[] } } };

test("a branch is added, asked earlier by the keyboard, tried before it is saved, and saved", async ({
  stack,
  page,
}) => {
  await stack.signIn(page, { name: "Mira", role: "admin" }, "/alerts/routes");
  await expect(
    page.getByText(/Alerts with severity = critical go to every channel that is on/),
  ).toBeVisible();

  await page.getByRole("button", { name: "Add a branch", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Add the branch" }).click();
  await expect(dialog.getByText("Must not be empty.")).toBeVisible();
  await dialog.getByLabel("Name").fill("Payments");
  await dialog.getByRole("button", { name: "And also" }).click();
  await dialog.getByRole("combobox", { name: "Label of condition 2" }).click();
  await page.getByRole("option", { name: "group" }).click();
  await dialog.getByLabel("Value of condition 2").fill("payments");
  await dialog.getByLabel("Inbox").click();
  await dialog.getByRole("button", { name: "Add the branch" }).click();
  const names = page.locator("[data-slot=route] h3");
  await expect(names).toHaveText(["Critical", "Payments", "Everything else"]);
  await expect(
    page.getByText(/Alerts with severity = critical and group = payments go to Inbox, grouped by rule/),
  ).toBeVisible();

  // Tried by the draft: the branch before it takes the alert.
  await page.getByRole("button", { name: "Try an alert" }).click();
  await page.getByRole("region", { name: "Try it" }).getByLabel("Group").fill("payments");
  const hit = page.locator("[data-slot=route][data-hit]");
  await expect(hit.locator("h3")).toContainText("Critical");
  await expect(page.getByText("By your draft, not saved yet.")).toBeVisible();

  await page.getByRole("button", { name: "Change Payments" }).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(names.first()).toContainText("Payments");
  await expect(hit.locator("h3")).toContainText("Payments");
  await expect(page.locator("[data-slot=try-answer]")).toContainText("Inbox, by “Payments”");
  await expect(page.getByRole("button", { name: "Change Payments" })).toBeFocused();

  await page.getByRole("button", { name: "Save the routes" }).click();
  await expect(page.getByText("Version 2, by Mira")).toBeVisible();
  const stored = await stack.owner.call<Policy>("GET", "/v1/alert-policy");
  expect(stored.policy.root.routes.map(({ name }) => name)).toEqual(["Payments", "Critical"]);
  await expect(page.getByRole("region", { name: "History" })).toContainText("Branch Payments");
});

test("routes that were changed and left are offered again", async ({ stack, page }) => {
  await stack.signIn(page, { name: "Mira", role: "admin" }, "/alerts/routes");
  await page.getByRole("switch", { name: "An outage speaks for its agents is on" }).click();
  await expect(page.getByRole("button", { name: "Save the routes" })).toBeEnabled();
  await page.getByRole("link", { name: "Silences", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Silences and maintenance" })).toBeVisible();
  await page.goBack();
  const offer = page.getByTestId("draft-offer");
  await offer.getByRole("button", { name: "Use it" }).click();
  const outage = page.getByRole("switch", { name: "An outage speaks for its agents is on" });
  await expect(outage).not.toBeChecked();
  await page.getByRole("button", { name: "Discard" }).click();
  await page.reload();
  await expect(outage).toBeChecked();
  await expect(offer).toHaveCount(0);
});

test("a branch or an inhibition without a value is refused at the field", async ({ stack, page }) => {
  await stack.signIn(page, { name: "Mira", role: "admin" }, "/alerts/routes");
  await page.getByRole("button", { name: "Add a branch", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Payments");
  await dialog.getByRole("button", { name: "And also" }).click();
  await dialog.getByRole("button", { name: "Add the branch" }).click();
  await expect(dialog.getByRole("alert")).toHaveText(/^Say which severity\./);
  await dialog.getByLabel("Value of condition 2").fill("info");
  await expect(dialog.getByRole("alert")).toHaveCount(0);
});

test("two editors of the routes: what was changed stays, and whose goes on is asked", async ({
  stack,
  page,
}) => {
  await stack.signIn(page, { name: "Mira", role: "admin" }, "/alerts/routes");
  await page.getByRole("switch", { name: "An outage speaks for its agents is on" }).click();
  await expect(page.getByRole("button", { name: "Save the routes" })).toBeEnabled();

  const now = await stack.owner.call<Policy>("GET", "/v1/alert-policy");
  const { root } = now.policy;
  const policy = { ...now.policy, root: { ...root, repeatMs: 7_200_000 } };
  await stack.owner.call("PUT", "/v1/alert-policy", { version: now.version, policy });
  const note = page.getByTestId("policy-conflict");
  await expect(note).toContainText("changed the routes while you were editing them");
  await expect(note).toContainText("Everything: again after");
  await expect(page.getByRole("button", { name: "Save the routes" })).toBeDisabled();
  await note.getByRole("button", { name: "Discard mine, take theirs" }).click();
  await expect(note).toHaveCount(0);
  await expect(page.getByText(/All other alerts go to .* again after 2 h/)).toBeVisible();
  await expect(page.getByRole("switch", { name: "An outage speaks for its agents is on" })).toBeChecked();

  await page.getByRole("button", { name: `Restore version ${now.version}` }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: `Restore version ${now.version}` })
    .click();
  await expect(page.getByText(/All other alerts go to .* again after 4 h/)).toBeVisible();
});

for (const [look, options] of [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["390 px", { colorScheme: "light", viewport: { width: 390, height: 844 } }],
] as const) {
  test(`axe finds nothing on the routes, ${look}`, async ({ stack, browser }) => {
    const page = await (await browser.newContext(options)).newPage();
    await stack.signIn(page, { name: "Mira", role: "admin" }, "/alerts/routes");
    await page.getByRole("button", { name: "Try an alert" }).click();
    await expect(page.locator("[data-slot=try-answer]")).toBeVisible();
    expect(await findings(page), "routes").toEqual([]);
    const width = await page.evaluate(() =>
      Math.max(...[...document.querySelectorAll("main *")].map((part) => part.getBoundingClientRect().right)),
    );
    expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
    await page.getByRole("button", { name: "Change Critical" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await findings(page), "branch").toEqual([]);
  });
}
