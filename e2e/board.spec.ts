import { expect, test } from "./stack";

test.use({ story: "board" });

test("two people see the same agents live, see each other, and how old what they see is", async ({
  stack,
  browser,
}) => {
  const first = await (await browser.newContext()).newPage();
  const second = await (await browser.newContext()).newPage();
  await stack.signIn(first, { name: "Mira", role: "admin" });
  await stack.signIn(second, { name: "Jonas", role: "admin" });

  await first.getByRole("button", { name: "Make the line to paste" }).click();
  await expect(first.getByText(/mc run/).first()).toBeVisible();
  await stack.agent("invoice-triage", { group: "main-agents", tags: ["prod"] });

  for (const page of [first, second]) {
    const row = page.getByRole("row", { name: /invoice-triage/ });
    await expect(row).toBeVisible();
    await expect(row.getByText("Working").first()).toBeVisible();
    await expect(row.getByText(/Counting, at \d+/)).toBeVisible();
    await expect(page.getByText(/live · \d+ ms/)).toBeVisible();
  }
  const now = first.getByRole("row", { name: /invoice-triage/ }).getByText(/Counting, at \d+/);
  const before = await now.textContent();
  await expect(now).not.toHaveText(before ?? "");
  await expect(first.getByLabel(/Jonas/).first()).toBeVisible();
});

test("the board says that it is cut off, and comes back by itself when the server does", async ({
  stack,
  page,
}) => {
  await stack.signIn(page, { name: "Mira", role: "admin" });
  await stack.agent("doc-indexer");
  await expect(
    page
      .getByRole("row", { name: /doc-indexer/ })
      .getByText("Working")
      .first(),
  ).toBeVisible();

  await stack.server.end("SIGKILL");
  await expect(page.getByText(/reconnecting|disconnected/i).first()).toBeVisible();
  await stack.server.start();

  await expect(page.getByText(/live · \d+ ms/)).toBeVisible({ timeout: 30_000 });
  const now = page.getByRole("row", { name: /doc-indexer/ }).getByText(/Counting, at \d+/);
  const before = await now.textContent();
  await expect(now).not.toHaveText(before ?? "");
});
