import type { Page } from "@playwright/test";
import { findings } from "./axe";
import { expect, test } from "./stack";

test.use({ story: "credentials" });

const rowOf = (page: Page, name: string) => page.getByRole("row", { name: new RegExp(name) });

test("a machine client is made; a real program gets a token with it, and nothing once it is revoked", async ({
  stack,
  page,
}) => {
  await stack.signIn(page, { name: "Uma", role: "admin" }, "/settings/clients");
  await page.getByRole("button", { name: "Make a client" }).click();
  const dialog = page.getByRole("dialog", { name: "Make a machine client" });
  await dialog.getByRole("button", { name: "Make the client" }).click();
  await expect(dialog.getByText("Name what it is.")).toBeVisible();
  await dialog.getByLabel("What it is").fill("warehouse");
  await dialog.getByLabel("May do").click();
  await page.getByRole("option", { name: /^Admin/ }).click();
  await dialog.getByRole("radio", { name: "Choose" }).click();
  await dialog.getByRole("button", { name: "Make the client" }).click();
  await expect(dialog.getByText(/Tick at least one/)).toBeVisible();
  await dialog.getByRole("radio", { name: "Read only" }).click();
  await dialog.getByRole("button", { name: "Make the client" }).click();
  const shown = page.getByRole("dialog", { name: "The secret of warehouse" });
  const secret = (await shown.getByText(/^mcs_/).first().textContent()) ?? "";
  const id = (await shown.getByText(/^cli_/).first().textContent()) ?? "";
  await page.getByRole("button", { name: "I have kept it" }).click();
  await expect(rowOf(page, "warehouse").getByText("read only")).toBeVisible();
  await page.reload();
  await expect(rowOf(page, "warehouse")).toBeVisible();
  expect(await page.content()).not.toContain(secret);

  const enter = () =>
    fetch(`${stack.url}/v1/oauth/token`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
      },
      body: "grant_type=client_credentials",
    });
  const { access_token: token } = (await (await enter()).json()) as { access_token: string };
  const asks = async (method: string, path: string) =>
    (
      await fetch(`${stack.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(method === "GET" ? {} : { body: JSON.stringify({ name: "x" }) }),
      })
    ).status;
  expect(await asks("GET", "/v1/agents")).toBe(200);
  expect(await asks("GET", "/v1/audit")).toBe(200);
  expect(await asks("POST", "/v1/agents")).toBe(403);

  await rowOf(page, "warehouse").getByRole("button", { name: "Revoke warehouse" }).click();
  await page.getByRole("button", { name: "Revoke the client" }).click();
  await expect(page.getByText("warehouse opens nothing any more")).toBeVisible();
  expect(await asks("GET", "/v1/agents")).toBe(401);
  expect((await enter()).status).toBe(401);
});

test("an API token is shown once, works, and is refused when it is revoked", async ({ stack, page }) => {
  await stack.signIn(page, { name: "Vera", role: "operator" }, "/settings/tokens");
  await page.getByRole("button", { name: "Make a token" }).click();
  await page.getByLabel("What for").fill("nightly");
  await page.getByRole("button", { name: "Make the token" }).click();
  const token =
    (await page
      .getByRole("dialog")
      .getByText(/^mct_[A-Za-z0-9_-]{43}$/)
      .textContent()) ?? "";
  await page.getByRole("button", { name: "I have kept it" }).click();
  await page.reload();
  await expect(rowOf(page, "nightly")).toBeVisible();
  expect(await page.content()).not.toContain(token);
  const ask = async () =>
    (await fetch(`${stack.url}/v1/agents`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await ask()).toBe(200);
  await rowOf(page, "nightly").getByRole("button", { name: "Revoke nightly" }).click();
  await page.getByRole("button", { name: "Revoke the token" }).click();
  await expect(page.getByText("nightly opens nothing any more")).toBeVisible();
  expect(await ask()).toBe(401);
  await expect(page.getByText("No token opens anything now")).toBeVisible();
  await page.getByRole("button", { name: /^Show 1 revoked/ }).click();
  await expect(rowOf(page, "nightly").getByText("revoked")).toBeVisible();
});

for (const [colorScheme, width] of [
  ["light", 1440],
  ["dark", 1440],
  ["light", 390],
] as const) {
  test(`axe finds nothing about people and their credentials, ${colorScheme}, ${width} px`, async ({
    stack,
    browser,
  }) => {
    const viewport = { width, height: 844 };
    const page = await (await browser.newContext({ colorScheme, viewport })).newPage();
    await stack.signIn(page, { name: `Axel${colorScheme}${width}`, role: "admin" });
    const agent = await stack.agent(`axe-${colorScheme}-${width}`);
    await stack.owner.call("POST", "/v1/oauth/clients", {
      name: `axe ${colorScheme} ${width}`,
      role: "viewer",
    });

    await page.goto(`${stack.url}/settings/people`);
    const someone = `Axel${colorScheme}${width}`;
    await expect(page.getByRole("button", { name: `More for ${someone}` })).toBeVisible();
    expect(await findings(page), "people").toEqual([]);
    await page.getByRole("button", { name: `More for ${someone}` }).click();
    expect(await findings(page), "menu of a person").toEqual([]);
    await page.getByRole("menuitem", { name: /^Sessions/ }).click();
    await expect(page.getByText("this one")).toBeVisible();
    expect(await findings(page), "sessions of a person").toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: `More for ${someone}` })).toBeFocused();

    await page.goto(`${stack.url}/settings/tokens`);
    await page.getByRole("button", { name: "Make a token" }).click();
    await page.getByLabel("May do").click();
    await page.getByRole("option", { name: /^Admin/ }).click();
    await page.getByRole("radio", { name: "Choose" }).click();
    await page.getByRole("button", { name: "Make the token" }).click();
    await expect(page.getByText("Name what it is for.")).toBeVisible();
    expect(await findings(page), "making a token").toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    expect(await findings(page), "tokens").toEqual([]);

    await page.goto(`${stack.url}/settings/clients`);
    await page.getByRole("button", { name: `Rotate the secret of axe ${colorScheme} ${width}` }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await findings(page), "rotating a secret").toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    expect(await findings(page), "machine clients").toEqual([]);
    await page.goto(`${stack.url}/settings/join-tokens`);
    await expect(page.getByRole("heading", { name: "Join tokens" })).toBeVisible();
    expect(await findings(page), "join tokens").toEqual([]);
    await page.goto(`${stack.url}/agents/${agent.id}`);
    await expect(page.getByRole("button", { name: /^Rotate the key/ })).toBeVisible();
    expect(await findings(page), "keys of an agent").toEqual([]);
    await page.goto(`${stack.url}/audit?kind=security.`);
    await expect(page.getByText("Chain whole")).toBeVisible();
    expect(await findings(page), "security in the audit").toEqual([]);
  });
}
