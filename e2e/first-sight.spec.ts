import { expect, test } from "./stack";

test.use({ story: "first-sight" });

test("the page's own HTML holds the counts and the first rows, for who may see them", async ({
  stack,
  page,
  browser,
}) => {
  await stack.signIn(page, { name: "Mira", role: "viewer" });
  await stack.agent("invoice-triage", { group: "main-agents" });
  await stack.agent("doc-indexer", { group: "main-agents" });
  await expect(page.getByRole("row", { name: /doc-indexer/ })).toBeVisible();
  await expect(page.getByText("2 agents · 1 host")).toBeVisible();

  const silent = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const bare = await silent.newPage();
  const answer = await bare.goto(stack.url);
  expect(answer?.headers()["cache-control"]).toContain("no-store");
  await expect(bare.getByRole("row", { name: /invoice-triage/ })).toBeVisible();
  await expect(bare.getByRole("row", { name: /doc-indexer/ })).toBeVisible();
  await expect(bare.getByRole("button", { name: /^2\s*agents$/ })).toBeVisible();
  await expect(bare.getByText("2 agents · 1 host")).toBeVisible();
  // Nothing says that it is live as long as nothing is.
  await expect(bare.locator("[data-slot=freshness]")).toHaveAttribute("data-state", "reconnecting");
  await bare.goto(`${stack.url}/?q=invoice`);
  await expect(bare.getByRole("row", { name: /invoice-triage/ })).toBeVisible();
  await expect(bare.getByRole("row", { name: /doc-indexer/ })).toHaveCount(0);

  const stranger = await (await browser.newContext()).request.get(stack.url);
  const html = await stranger.text();
  expect(html).not.toContain("invoice-triage");
  expect(html).not.toContain("main-agents");
});

test("the browser takes the drawn rows over as they stand", async ({ stack, page, browser }) => {
  await stack.signIn(page, { name: "Mira", role: "viewer" });
  const storageState = await page.context().storageState();
  // Zones and sizes that the server could not know: what depends on them must not stand in its HTML.
  for (const [timezoneId, width] of [
    ["Pacific/Auckland", 1_440],
    ["America/St_Johns", 390],
  ] as const) {
    const own = await browser.newContext({ timezoneId, viewport: { width, height: 900 }, storageState });
    const elsewhere = await own.newPage();
    const complaints: string[] = [];
    elsewhere.on("pageerror", (error) => complaints.push(error.message));
    await elsewhere.goto(stack.url);
    await expect(elsewhere.locator("[data-slot=freshness][data-state=live]")).toBeVisible();
    await expect(elsewhere.getByText("invoice-triage").first()).toBeVisible();
    // React's #418 among them: what it drew is not what the server had drawn.
    expect(complaints).toEqual([]);
    await own.close();
  }
});
