import { readFile } from "node:fs/promises";
import { expect, test } from "./stack";

test.use({ story: "logs" });

test("an agent's lines run live; level, pause and download do what they say", async ({ stack, page }) => {
  await stack.signIn(page, { name: "Mira", role: "operator" });
  const agent = await stack.agent("log-sampler");
  await page.goto(`${stack.url}/agents/${agent.id}`);
  const lines = page.getByLabel("Log lines");
  await expect(lines.getByText(/counted to \d+/).first()).toBeVisible();
  const shown = lines.getByText(/counted to \d+/).last();
  const before = await shown.textContent();
  await expect(shown).not.toHaveText(before ?? "");

  await page.getByRole("radio", { name: /^Error/ }).click();
  await expect(lines.getByText(/seven more, now \d+/).first()).toBeVisible();
  await expect(lines.getByText(/counted to/)).toHaveCount(0);
  await page.getByRole("radio", { name: /^All/ }).click();

  await page.getByRole("button", { name: "Pause", exact: true }).click();
  const held = await lines.textContent();
  await expect(page.getByRole("button", { name: "Go on" })).toBeVisible();
  const stored = await stack.owner.call<{ items: unknown[] }>("GET", `/v1/agents/${agent.id}/logs?limit=5`);
  expect(stored.items).toHaveLength(5);
  expect(await lines.textContent()).toBe(held);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download as text" }).click(),
  ]);
  const text = await readFile(await download.path(), "utf8");
  expect(text).toMatch(/info.*counted to 1$/m);
});
