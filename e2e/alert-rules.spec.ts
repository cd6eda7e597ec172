import { eventually } from "@/testing/eventually";
import { findings } from "./axe";
import { expect, test } from "./stack";

test.use({ story: "alert-rules" });

type Rule = { id: string; name: string; version: number; severity: string; forMs: number; condition: object };

test("a rule is built by its sentence, rehearsed on what really happened, and saved", async ({
  stack,
  page,
}) => {
  const agent = await stack.agent("nightly-export", { group: "cron-workers" });
  const status = async () =>
    (await stack.owner.call<{ status: string }>("GET", `/v1/agents/${agent.id}`)).status;
  await eventually(async () => (await status()) === "online", { timeoutMs: 20_000 });
  await agent.kill();
  await eventually(async () => (await status()) === "offline", { timeoutMs: 20_000 });
  agent.start();
  await eventually(async () => (await status()) === "online", { timeoutMs: 20_000 });

  await stack.signIn(page, { name: "Mira", role: "admin" }, "/alerts/rules");
  await expect(page.getByRole("link", { name: "Any agent is offline" })).toBeVisible();
  await page.getByRole("link", { name: "Add a rule" }).click();
  await expect(page.getByRole("heading", { name: "New rule" })).toBeVisible();

  // By keyboard alone: the list finds while one types, Enter takes.
  await page.getByRole("button", { name: "Who is watched: any agent" }).press("Enter");
  await page.getByPlaceholder("Group, tag or agent").fill("cron");
  await page.keyboard.press("Enter");
  const held = page.getByRole("button", { name: /^How long it has to last/ });
  await held.click();
  await page.getByRole("button", { name: "at once", exact: true }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "How severe: a warning" }).press("Enter");
  await page.getByRole("menuitemradio", { name: "an info" }).click();
  const sentence =
    "When any agent in cron-workers is offline, at once tell whom the routes name as an info alert.";
  await expect(page.getByRole("group", { name: sentence })).toBeVisible();

  const rehearsal = page.getByRole("region", { name: "Rehearsal" });
  await expect(rehearsal.getByText("It would have fired once for 1 agent")).toBeVisible();
  await expect(rehearsal.getByRole("table").getByText("nightly-export")).toBeVisible();
  await expect(rehearsal.getByText(/^As of \d\d:\d\d:\d\d/)).toBeVisible();

  await page.getByRole("button", { name: "Add the rule" }).click();
  await expect(page.getByRole("heading", { name: "Any agent in cron-workers is offline" })).toBeVisible();
  await expect(page).toHaveURL(/\/alerts\/rules\/rul_/);
  const { items } = await stack.owner.call<{ items: Rule[] }>("GET", "/v1/rules");
  expect(items.find(({ name }) => name === "Any agent in cron-workers is offline")).toMatchObject({
    severity: "info",
    forMs: 0,
    condition: { kind: "offline" },
    scope: { kind: "group", group: "cron-workers" },
  });
});

test("what is wrong is said beside its word, and nothing is saved", async ({ stack, page }) => {
  await stack.signIn(page, { name: "Mira", role: "admin" }, "/alerts/rules/new?kind=log");
  await expect(page.getByText("As soon as the sentence is complete, it is rehearsed here.")).toBeVisible();
  await page.getByRole("button", { name: "Add the rule" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Must not be empty." })).toBeVisible();
  await page.getByRole("button", { name: "Which text: a text" }).click();
  await page.getByRole("textbox", { name: "Which text" }).fill("out of memory");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Which text: “out of memory”" })).toBeFocused();
  await expect(page.getByText("Must not be empty.")).toHaveCount(0);
  await expect(page.getByText(/It would not have fired|It would have fired/)).toBeVisible();
});

test("two editors: what was typed stays, both see the difference, neither loses a change", async ({
  stack,
  page,
}) => {
  const made = await stack.owner.call<Rule>("POST", "/v1/rules", {
    name: "Shared rule",
    scope: { kind: "all" },
    condition: { kind: "offline" },
    forMs: 60_000,
    severity: "warning",
  });
  await stack.signIn(page, { name: "Mira", role: "admin" }, `/alerts/rules/${made.id}`);
  await page.getByRole("button", { name: "How long it has to last: 1 min" }).click();
  await page.getByRole("button", { name: "5 min", exact: true }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Save version 2" })).toBeVisible();

  await stack.owner.call("PATCH", `/v1/rules/${made.id}`, { severity: "critical", version: 1 });
  const note = page.getByTestId("rule-conflict");
  await expect(note).toContainText("changed this rule while you were editing it");
  await expect(note).toContainText("You changed different things, so both can stay.");
  await expect(note.getByText("Severity")).toBeVisible();
  await expect(page.getByRole("button", { name: "How long it has to last: 5 min" })).toBeVisible();
  await note.getByRole("button", { name: "Keep mine on top" }).click();
  await expect(page.getByRole("button", { name: "How severe: a critical" })).toBeVisible();
  await page.getByRole("button", { name: "Save version 3" }).click();
  await expect(page.getByText("version 3", { exact: true }).first()).toBeVisible();
  expect(await stack.owner.call<Rule>("GET", `/v1/rules/${made.id}`)).toMatchObject({
    version: 3,
    forMs: 300_000,
    severity: "critical",
  });

  const history = page.getByRole("region", { name: "History" });
  await history.getByRole("button", { name: "Restore version 1" }).click();
  await expect(page.getByRole("dialog").getByText("Severity")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Restore version 1" }).click();
  await expect(page.getByText("version 4", { exact: true }).first()).toBeVisible();
  expect(await stack.owner.call<Rule>("GET", `/v1/rules/${made.id}`)).toMatchObject({ severity: "warning" });
});

test("what was typed and left by a link or the back button is offered again, or thrown away", async ({
  stack,
  page,
}) => {
  const made = await stack.owner.call<Rule>("POST", "/v1/rules", {
    name: "Left half-way",
    scope: { kind: "all" },
    condition: { kind: "offline" },
    forMs: 60_000,
    severity: "warning",
  });
  await stack.signIn(page, { name: "Mira", role: "admin" });
  const offer = page.getByTestId("draft-offer");
  const routes = page.getByRole("link", { name: "Routes", exact: true });
  await page.goto(`${stack.url}/alerts/rules/new?kind=offline`);
  await page.getByRole("textbox", { name: "Name" }).fill("Typed for minutes");
  await routes.click();
  await expect(page.getByRole("heading", { name: "Routes" })).toBeVisible();
  await expect(page.getByText("What you typed is kept")).toBeVisible();
  await page.goBack();
  await expect(offer).toContainText(/Your unsent draft of \d\d:\d\d is here/);
  await offer.getByRole("button", { name: "Use it" }).click();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Typed for minutes");
  await page.getByRole("button", { name: "Add the rule" }).click();
  await expect(page.getByRole("heading", { name: "Typed for minutes" })).toBeVisible();

  await page.goto(`${stack.url}/alerts/rules/${made.id}`);
  await expect(offer).toHaveCount(0);
  await page.getByRole("button", { name: "How long it has to last: 1 min" }).click();
  await page.getByRole("button", { name: "5 min", exact: true }).click();
  await page.keyboard.press("Escape");
  await routes.click();
  await expect(page.getByRole("heading", { name: "Routes" })).toBeVisible();
  // Somebody saves it meanwhile: the draft goes on from what it was typed on, and both are shown.
  await stack.owner.call("PATCH", `/v1/rules/${made.id}`, { severity: "critical", version: 1 });
  await page.goBack();
  await offer.getByRole("button", { name: "Use it" }).click();
  await page.getByTestId("rule-conflict").getByRole("button", { name: "Keep mine on top" }).click();
  await page.getByRole("button", { name: "Save version 3" }).click();
  await expect(page.getByText("version 3", { exact: true }).first()).toBeVisible();
  await expect(page.getByTestId("rule-conflict")).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("button", { name: "How long it has to last: 5 min" })).toBeVisible();
  await expect(offer).toHaveCount(0);

  await page.getByRole("button", { name: "How severe: a critical" }).press("Enter");
  await page.getByRole("menuitemradio", { name: "an info" }).click();
  await routes.click();
  await expect(page.getByRole("heading", { name: "Routes" })).toBeVisible();
  await page.goBack();
  await offer.getByRole("button", { name: "Throw it away" }).click();
  await expect(offer).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("button", { name: "How severe: a critical" })).toBeVisible();
  await expect(offer).toHaveCount(0);
});

test("rules come from a file: first what would change, then the change", async ({ stack, page }) => {
  await stack.owner.call<Rule>("POST", "/v1/rules", {
    name: "From a file",
    scope: { kind: "all" },
    condition: { kind: "stuck", afterMs: 600_000 },
    severity: "warning",
  });
  await stack.signIn(page, { name: "Mira", role: "admin" }, "/alerts/rules");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const yaml = await readAll(await (await download).createReadStream());
  expect(yaml).toContain("From a file");

  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Rules as YAML").fill("rules: [");
  await dialog.getByRole("button", { name: "Show what would change" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  const wrong =
    "rules:\n  - { name: One, severity: loud, scope: all, when: { kind: offline } }\n  - { name: Two }\n";
  await dialog.getByLabel("Rules as YAML").fill(wrong);
  await dialog.getByRole("button", { name: "Show what would change" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("The file is not right and nothing was changed:");
  const faults = dialog.getByRole("list", { name: "What is wrong with the file" }).getByRole("listitem");
  await expect(faults.first()).toHaveText(/^line 2: rules\[0\]\.severity .*[^.]$/);
  await expect(faults.nth(1)).toHaveText(/^line 3: rules\[1\]\./);
  const at = yaml.indexOf("From a file");
  const changed = yaml.slice(0, at) + yaml.slice(at).replace("severity: warning", "severity: critical");
  await dialog.getByLabel("Rules as YAML").fill(changed);
  await dialog.getByRole("button", { name: "Show what would change" }).click();
  await expect(dialog.getByText("0 new rules, 1 changed rule")).toBeVisible();
  const before = await stack.owner.call<{ items: Rule[] }>("GET", "/v1/rules");
  expect(before.items.find(({ name }) => name === "From a file")?.severity).toBe("warning");
  await dialog.getByRole("button", { name: "Import 1 rule" }).click();
  await expect(dialog).toHaveCount(0);
  const after = await stack.owner.call<{ items: Rule[] }>("GET", "/v1/rules");
  expect(after.items.find(({ name }) => name === "From a file")?.severity).toBe("critical");
});

test("a rule is switched, copied and deleted from the list; a viewer only reads", async ({
  stack,
  page,
  browser,
}) => {
  await stack.owner.call<Rule>("POST", "/v1/rules", {
    name: "Short-lived",
    scope: { kind: "all" },
    condition: { kind: "offline" },
    severity: "info",
  });
  await stack.signIn(page, { name: "Mira", role: "admin" }, "/alerts/rules");
  await page.getByRole("switch", { name: "Rule Short-lived is on" }).click();
  await expect(page.getByRole("switch", { name: "Rule Short-lived is on" })).not.toBeChecked();
  await page.getByRole("button", { name: "More for the rule Short-lived" }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(page).toHaveURL(/\/alerts\/rules\/rul_/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Short-lived");
  await page.goto(`${stack.url}/alerts/rules`);
  await page.getByRole("button", { name: "More for the rule Short-lived", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await page.getByRole("button", { name: "Delete the rule" }).click();
  await expect(page.getByRole("link", { name: "Short-lived", exact: true })).toHaveCount(0);

  const other = await (await browser.newContext()).newPage();
  await stack.signIn(other, { name: "Vera", role: "viewer" }, "/alerts/rules");
  await other.getByRole("link", { name: "Any agent is offline", exact: true }).click();
  await expect(other.getByText("Only admins may do this; you are a viewer.").first()).toBeVisible();
  await expect(other.getByRole("button", { name: /^What is wrong/ })).toHaveCount(0);
});

for (const [look, options] of [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["390 px", { colorScheme: "light", viewport: { width: 390, height: 844 } }],
] as const) {
  test(`axe finds nothing on the rules, ${look}`, async ({ stack, browser }) => {
    const page = await (await browser.newContext(options)).newPage();
    await stack.signIn(page, { name: "Mira", role: "admin" }, "/alerts/rules");
    await expect(page.getByRole("link", { name: "Any agent is offline", exact: true })).toBeVisible();
    expect(await findings(page), "list").toEqual([]);
    await page.goto(`${stack.url}/alerts/rules/new?kind=metric`);
    await expect(page.getByText(/^As of/)).toBeVisible();
    await page.getByText("Fine tuning").click();
    expect(await findings(page), "builder").toEqual([]);
    for (const pill of [/^What is wrong/, /^Who is watched/, /^Which value/]) {
      await page.getByRole("button", { name: pill }).click();
      expect(await findings(page), String(pill)).toEqual([]);
      await page.keyboard.press("Escape");
    }
    const width = await page.evaluate(() =>
      Math.max(...[...document.querySelectorAll("main *")].map((part) => part.getBoundingClientRect().right)),
    );
    expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
  });
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  return text;
}
