import { expect, test } from "./stack";

test.use({ story: "guarded-action" });

test("a restart is seen by the other admin before, while and after it happens", async ({
  stack,
  browser,
}) => {
  const mira = await (await browser.newContext()).newPage();
  const jonas = await (await browser.newContext()).newPage();
  await stack.signIn(mira, { name: "Mira", role: "admin" });
  await stack.signIn(jonas, { name: "Jonas", role: "admin" });
  await stack.agent("ledger-reconcile", { group: "main-agents" });
  await stack.agent("sitemap-crawl", { group: "main-agents" });
  const busy = (page: typeof mira, name: string) => page.getByRole("row", { name: new RegExp(name) });
  await expect(busy(mira, "ledger-reconcile").getByText("Working").first()).toBeVisible();
  await expect(busy(mira, "sitemap-crawl").getByText("Working").first()).toBeVisible();

  await mira.getByLabel("Select ledger-reconcile").click();
  await mira.getByLabel("Select sitemap-crawl").click();
  await mira
    .getByLabel("Actions on the selected agents")
    .getByRole("button", { name: /^Restart/ })
    .click();
  const dialog = mira.getByRole("dialog", { name: "Restart 2 agents" });
  await expect(dialog.getByLabel("Affected agents").getByText("ledger-reconcile")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();

  await expect(
    busy(jonas, "ledger-reconcile").getByText("Mira is about to restart this agent"),
  ).toBeVisible();

  await dialog.getByRole("button", { name: "Restart 2 agents" }).click();
  await expect(dialog.getByText(/reason/i).first()).toBeVisible();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Memory grows since noon");
  await dialog.getByRole("button", { name: "Restart 2 agents" }).click();

  await expect(mira.getByRole("dialog").getByText("Succeeded")).toHaveCount(2, { timeout: 30_000 });
  await expect(jonas.getByText("is about to restart")).toHaveCount(0);
  await jonas.getByRole("link", { name: "Commands" }).first().click();
  await expect(jonas.getByText("Memory grows since noon").first()).toBeVisible();

  const audit = await stack.owner.call<{
    items: { kind: string; actor: { name: string }; reason: string }[];
  }>("GET", "/v1/audit?kind=command.requested");
  expect(audit.items.slice(0, 2).map((fact) => [fact.actor.name, fact.reason])).toEqual([
    ["Mira", "Memory grows since noon"],
    ["Mira", "Memory grows since noon"],
  ]);
});

test("the second admin is told who was first, and the server refuses what a viewer may not do", async ({
  stack,
  page,
  browser,
}) => {
  const hanging = `process.on("SIGTERM", () => {}); setInterval(() => console.log("still here"), 300);`;
  const agent = await stack.agent("stubborn", { program: hanging });
  const mira = await stack.signIn(page, { name: "Mira", role: "admin" });
  await expect(
    page
      .getByRole("row", { name: /stubborn/ })
      .getByText(/Working|Idle/)
      .first(),
  ).toBeVisible();
  await mira.call("POST", `/v1/agents/${agent.id}/commands`, {
    kind: "restart",
    reason: "first",
    args: { graceMs: 60_000 },
  });

  const jonasPage = await (await browser.newContext()).newPage();
  const jonas = await stack.signIn(jonasPage, { name: "Jonas", role: "admin" });
  await jonasPage.getByLabel("Select stubborn").click();
  await jonasPage
    .getByLabel("Actions on the selected agents")
    .getByRole("button", { name: /^Restart/ })
    .click();
  const dialog = jonasPage.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("second");
  await expect(dialog.getByText(/^Restart by Mira, (sent|acknowledged|running)/)).toBeVisible();
  await expect(dialog.getByText("“first”")).toBeVisible();
  await expect(dialog.getByText("Sending now would be refused as a conflict.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Restart stubborn" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  const late = await jonas.raw("POST", `/v1/agents/${agent.id}/commands`, {
    kind: "restart",
    reason: "second",
  });
  expect(late.status).toBe(409);
  expect(JSON.stringify(late.body)).toContain("Mira");

  const viewerPage = await (await browser.newContext()).newPage();
  const vera = await stack.signIn(viewerPage, { name: "Vera", role: "viewer" });
  const refused = await vera.raw("POST", `/v1/agents/${agent.id}/commands`, {
    kind: "restart",
    reason: "no",
  });
  expect(refused.status).toBe(403);
  expect(JSON.stringify(refused.body)).toContain("viewer");
});

test("a kill asks for the typed word, and the agent is then stopped, not offline", async ({
  stack,
  page,
}) => {
  await stack.signIn(page, { name: "Mira", role: "admin" });
  await stack.agent("runaway");
  const row = page.getByRole("row", { name: /runaway/ });
  await expect(row.getByText("Working").first()).toBeVisible();
  await page.getByLabel("Select runaway").click();
  await page.getByLabel("Actions on the selected agents").getByRole("button", { name: /^Kill/ }).click();
  const dialog = page.getByRole("dialog", { name: "Kill runaway" });
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Does harm");
  await dialog.getByRole("button", { name: "Kill runaway" }).click();
  await expect(page.getByRole("dialog", { name: "Kill runaway" }).getByLabel(/Type kill/)).toBeVisible();
  await dialog.getByLabel(/Type kill/).fill("kill");
  await dialog.getByRole("button", { name: "Kill runaway" }).click();
  await expect(page.getByRole("dialog").getByText("Succeeded")).toBeVisible({ timeout: 20_000 });
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(row.getByText("Stopped").first()).toBeVisible();
});

test("who has a dialog open while another acts is told, and asked anew before anything is sent", async ({
  stack,
  browser,
}) => {
  const agent = await stack.agent("report-mailer");
  const miraPage = await (await browser.newContext()).newPage();
  const page = await (await browser.newContext()).newPage();
  const mira = await stack.signIn(miraPage, { name: "Mira", role: "admin" });
  await stack.signIn(page, { name: "Jonas", role: "admin" });
  await expect(
    page
      .getByRole("row", { name: /report-mailer/ })
      .getByText("Working")
      .first(),
  ).toBeVisible();
  const begin = async (verb: "Restart" | "Kill") => {
    await page.getByLabel("Select report-mailer").check();
    await page
      .getByLabel("Actions on the selected agents")
      .getByRole("button", { name: new RegExp(`^${verb}`) })
      .click();
    const dialog = page.getByRole("dialog", { name: `${verb} report-mailer` });
    await dialog.getByRole("textbox", { name: "Reason" }).fill(`Jonas wants to ${verb.toLowerCase()}`);
    return dialog;
  };
  const restartByMira = (reason: string) =>
    mira.call("POST", `/v1/agents/${agent.id}/commands`, { kind: "restart", reason });
  const requested = async () => {
    const { items } = await stack.owner.call<{ items: { actor: { name: string }; reason: string }[] }>(
      "GET",
      "/v1/audit?kind=command.requested",
    );
    return items.map((fact) => fact.reason).filter((reason) => reason.startsWith("Jonas wants"));
  };

  const restart = await begin("Restart");
  await restartByMira("Leaks memory");
  await expect(restart.getByText(/^Restart by Mira succeeded \d+ s ago/)).toBeVisible();
  await expect(restart.getByText("“Leaks memory”")).toBeVisible();
  await expect(restart.getByRole("status")).toContainText("Restart by Mira succeeded on report-mailer");
  const sendRestart = restart.getByRole("button", { name: "Restart report-mailer", exact: true });
  await expect(sendRestart).toHaveAttribute("aria-disabled", "true");
  await restart.getByRole("button", { name: "Still restart report-mailer" }).click();
  await sendRestart.click();
  await expect(page.getByRole("dialog").getByText("Succeeded")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();

  const kill = await begin("Kill");
  await kill.getByLabel(/Type kill/).fill("kill");
  await restartByMira("Leaks again");
  await expect(kill.getByText("Somebody acted while this was open.")).toBeVisible();
  await expect(kill.getByLabel(/Type kill/)).toHaveValue("");
  await kill.getByRole("button", { name: "Kill report-mailer" }).click();
  await expect(kill.getByText("Type kill to confirm.")).toBeVisible();
  expect(await requested()).toEqual(["Jonas wants to restart"]);
  await kill.getByText("Leave it to Mira").click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
