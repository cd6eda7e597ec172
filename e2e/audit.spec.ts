import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { testDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import { startServerProcess } from "@/testing/server-process";
import { expect, test } from "./stack";

test.use({ story: "audit" });

const run = promisify(execFile);

test("the first owner comes in by the printed code, once", async ({ page }) => {
  const database = await testDatabase();
  const server = await startServerProcess({
    DATABASE_URL: database.url,
    MC_OWNER_EMAIL: "",
    MC_OWNER_PASSWORD: "",
  });
  try {
    // It answers before its words have come through the pipe.
    const code = await eventually(() => /one-time code:\s+(\S+)/.exec(server.output())?.[1]);
    await page.goto(server.url);
    await page.getByRole("link", { name: "Make the first owner" }).click();
    await page.getByRole("textbox", { name: "Setup code" }).fill(code);
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByLabel("Your name").fill("Aiko");
    await page.getByLabel("E-mail").fill("aiko@example.test");
    await page.getByLabel("Password", { exact: true }).fill("short");
    await expect(page.getByRole("button", { name: /owner/i })).toBeDisabled();
    await expect(page.getByText(/12 characters/).first()).toBeVisible();
    await page.getByLabel("Password", { exact: true }).fill("Lantern-River-92-Moss");
    await page.getByRole("button", { name: /owner/i }).click();
    await expect(page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem")).toHaveCount(10);
    await page.getByRole("button", { name: /I have kept them/ }).click();
    await expect(page).toHaveURL(`${server.url}/settings/first-steps`);
    await expect(page.getByRole("heading", { name: "First steps" })).toBeVisible();
    const again = await fetch(`${server.url}/v1/auth/setup`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url },
      body: JSON.stringify({ code, email: "b@example.test", name: "B", password: "Lantern-River-92-Moss" }),
    });
    expect(again.status).toBeGreaterThanOrEqual(400);
    expect(again.status).toBeLessThan(500);
  } finally {
    await server.close();
    await database.close();
  }
});

test("an admin reads who did what; others are told that they may not; the chain shows a broken row", async ({
  stack,
  page,
  browser,
}) => {
  const mira = await stack.signIn(page, { name: "Mira", role: "admin" });
  await mira.call("POST", "/v1/agents", { name: "audited" });
  await page.getByRole("link", { name: "Audit" }).first().click();
  await expect(page.getByText("audited").filter({ visible: true }).first()).toBeVisible();
  await expect(page.getByText("Mira").filter({ visible: true }).first()).toBeVisible();

  const viewer = await (await browser.newContext()).newPage();
  const vera = await stack.signIn(viewer, { name: "Vera", role: "viewer" });
  expect((await vera.raw("GET", "/v1/audit")).status).toBe(403);
  await viewer.goto(`${stack.url}/audit`);
  await expect(
    viewer
      .getByText(/admins/i)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();

  const verify = () =>
    run(process.execPath, [resolve("dist/mc.mjs"), "audit", "verify", "--json"], {
      env: { ...process.env, DATABASE_URL: stack.databaseUrl },
    }).then(
      ({ stdout }) => JSON.parse(stdout),
      (error: { stdout: string }) => JSON.parse(error.stdout),
    );
  expect(await verify()).toMatchObject({ ok: true });
  await stack.tamper(3);
  expect(await verify()).toMatchObject({ ok: false, firstBrokenSeq: 3 });
});
