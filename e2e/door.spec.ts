import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { expect, test } from "./stack";

test.use({ story: "door" });

const pages = [
  "/",
  "/alerts",
  "/alerts/rules",
  "/alerts/deliveries",
  "/commands",
  "/audit",
  "/settings/channels",
  "/settings/people",
  "/settings/sessions",
  "/settings/tokens",
  "/docs",
  "/there-is-no-such-page",
];

/** What the policy of the pages forbade, in the browser's own words. */
function forbidden(page: Page): string[] {
  const told: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy|Permissions policy/i.test(message.text())) told.push(message.text());
  });
  page.on("pageerror", (error) => told.push(String(error)));
  return told;
}

test("no page does what its content security policy forbids", async ({ stack, page }) => {
  const told = forbidden(page);
  await stack.signIn(page, { name: "Mira", role: "admin" });
  for (const path of pages) {
    await page.goto(`${stack.url}${path}`);
    await expect(page.getByRole("heading").first()).toBeAttached();
  }
  await page.goto(`${stack.url}/settings/people`);
  await page
    .getByRole("button", { name: /user|person|add/i })
    .first()
    .click();
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(told).toEqual([]);
});

test("a script that somebody writes into a page does not run", async ({ stack, page }) => {
  const told = forbidden(page);
  const run = (what: string) => `document.documentElement.lang = '${what}'`;
  const foreign = [
    `<script>${run("inline")}</script>`,
    `<script nonce="guessed">${run("nonce")}</script>`,
    `<img src="data:," onerror="${run("attribute")}">`,
    '<script src="/docs/swagger-ui-bundle.js"></script>',
  ];
  await page.route(`${stack.url}/login`, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace("</body>", `${foreign.join("")}</body>`);
    await route.fulfill({ response: answer, body });
  });
  await page.goto(`${stack.url}/login`);
  await expect.poll(() => told.length).toBeGreaterThanOrEqual(foreign.length);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
  expect(await page.evaluate(() => "SwaggerUIBundle" in window)).toBe(false);
});

test("every script in a page has the nonce of that answer, and no answer has that of another", async ({
  stack,
}) => {
  const seen = new Set<string>();
  for (const path of ["/login", "/setup", ...pages.filter((path) => path !== "/docs")]) {
    const answer = await fetch(`${stack.url}${path}`, { headers: { cookie: stack.owner.cookie } });
    const policy = answer.headers.get("content-security-policy") ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    expect(policy).not.toMatch(/script-src [^;]*unsafe/);
    expect(seen.has(nonce), path).toBe(false);
    seen.add(nonce);
    const scripts = (await answer.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length, path).toBeGreaterThan(2);
    for (const script of scripts) expect(script, path).toContain(`nonce="${nonce}"`);
  }
});

test.describe("from a page of another site", () => {
  let elsewhere: Server;
  let otherSite: string;
  let shown = "";
  test.beforeAll(async () => {
    elsewhere = createServer((_request, response) => {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(`<!doctype html><title>Mail</title>${shown}`);
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    // Another name of this machine is another site to a browser.
    otherSite = `http://localhost:${(elsewhere.address() as AddressInfo).port}`;
  });
  test.afterAll(() => {
    elsewhere.close();
  });

  test("a link to a deep page arrives signed in, although the cookie is SameSite=Strict", async ({
    stack,
    page,
  }) => {
    await stack.signIn(page, { name: "Mira", role: "admin" });
    const told = forbidden(page);
    const path = "/audit?kind=security#newest";
    shown = `<a href="${stack.url}${path}">Open</a>`;
    await page.goto(otherSite);
    const visits: { site: string | undefined; session: boolean }[] = [];
    page.on("response", async (response) => {
      const request = response.request();
      if (!request.isNavigationRequest() || !request.url().startsWith(`${stack.url}/audit`)) return;
      const headers = await request.allHeaders();
      visits.push({
        site: headers["sec-fetch-site"],
        session: (headers.cookie ?? "").includes("mc_session="),
      });
    });
    await page.getByRole("link", { name: "Open" }).click();
    await expect(page.getByRole("heading", { name: "Audit" })).toBeVisible();
    await expect
      .poll(() => visits)
      .toEqual([
        { site: "cross-site", session: false },
        { site: "same-origin", session: true },
      ]);
    expect(page.url()).toBe(`${stack.url}${path}`);
    expect(told).toEqual([]);
    await page.goBack();
    await expect(page).toHaveTitle("Mail");
  });

  test("a visitor who is not signed in is bounced once and ends at the sign-in", async ({
    stack,
    browser,
  }) => {
    const page = await (await browser.newContext()).newPage();
    shown = `<a href="${stack.url}/alerts">Open</a>`;
    await page.goto(otherSite);
    let visits = 0;
    page.on("request", (request) => {
      if (request.isNavigationRequest() && request.url() === `${stack.url}/alerts`) visits += 1;
    });
    await page.getByRole("link", { name: "Open" }).click();
    await expect(page).toHaveURL(/\/login\?.*to=%2Falerts/);
    expect(visits).toBe(2);
    await page.context().close();
  });

  test("a form can neither act with the session nor sign anybody in", async ({ stack, page }) => {
    await stack.signIn(page, { name: "Mira", role: "admin" });
    for (const path of ["/v1/auth/logout", "/v1/auth/login", "/api/trpc/auth.logout"]) {
      shown = `<form method="post" enctype="text/plain" action="${stack.url}${path}"><input name='{"a":"' value='"}'><button>Win</button></form>`;
      await page.goto(otherSite);
      const answered = page.waitForResponse((response) => response.url().endsWith(path));
      await page.getByRole("button", { name: "Win" }).click();
      // Who comes from there, or what kind of text a form sends: either is reason enough.
      expect([403, 415], path).toContain((await answered).status());
    }
    await page.goto(`${stack.url}/audit`);
    await expect(page.getByRole("heading", { name: "Audit" })).toBeVisible();
  });
});
