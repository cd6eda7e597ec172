import postgres from "postgres";
import { startTeamsServer } from "@/testing/teams-server";
import { findings } from "./axe";
import { expect, test } from "./stack";

test.use({ story: "alert-health" });

test("an admin sets the dead-man ping up, tries it, and sees it leave, fail and end", async ({
  stack,
  page,
}) => {
  const outside = await startTeamsServer();
  await outside.script("/ping", [], { kind: "answer", status: 200, body: "OK" });
  await stack.signIn(page, { name: "Mira", role: "admin" });
  await page.getByRole("link", { name: "Alerts" }).first().click();
  await page.getByRole("link", { name: "Health", exact: true }).click();
  const state = page.getByRole("list", { name: "State of watching" });
  await expect(state.getByText("Rules are evaluated in time")).toBeVisible();
  await expect(state.getByText("Messages leave in time")).toBeVisible();
  await expect(state.getByText(/^evaluated until \d\d:\d\d:\d\d$/)).toBeVisible();
  await expect(state.getByText("Nobody outside would notice if this server stopped")).toBeVisible();

  const form = page.getByRole("form", { name: "Dead-man ping" });
  await form.getByLabel("Address of the service").fill("no address");
  await form.getByRole("button", { name: "Switch the ping on" }).click();
  await expect(form.getByText("Paste the whole address, it begins with https://")).toBeVisible();
  await form.getByLabel("Address of the service").fill(outside.url("/ping"));
  await form.getByLabel("How often", { exact: true }).fill("5");
  await form.getByLabel("Unit of: How often").click();
  await page.getByRole("option", { name: "seconds" }).click();
  await form.getByRole("button", { name: "Switch the ping on" }).click();
  await expect(form.getByText("Use a time from 10 seconds to 1 hour.")).toBeVisible();
  await form.getByLabel("How often", { exact: true }).fill("10");
  await form.getByRole("button", { name: "Switch the ping on" }).click();
  await expect(page.getByText("A ping leaves every 10 s").first()).toBeVisible();
  // The address went in and never comes out.
  await expect(form.getByLabel("Address of the service")).toHaveValue("");
  await expect(page.getByText("/ping")).toHaveCount(0);
  await expect(state.getByText("A service outside hears that we watch")).toBeVisible();
  await expect(page.getByText(/Last ping .* ago: taken, 200 OK/)).toBeVisible({ timeout: 20_000 });

  await outside.script("/ping", [], { kind: "answer", status: 404, body: "no such check" });
  await page.getByRole("button", { name: "Send a test ping" }).click();
  const answer = page.locator("[data-slot=ping-answer]");
  await expect(answer).toContainText("Not taken");
  await expect(answer).toContainText("404");
  await expect(answer).toContainText("no such check");
  await expect(state.getByText("The dead-man ping is not taken", { exact: true })).toBeVisible({
    timeout: 30_000,
  });
  await expect(state.getByRole("list", { name: "What to do" })).toBeVisible();
  // In the banner for who acts on alerts, and in the pulse of these pages for everybody.
  const fault = "The dead-man ping is not taken by its service.";
  await expect(page.locator("[data-slot=alert]").getByText(fault)).toBeVisible();
  await expect(page.getByRole("link", { name: fault })).toBeVisible();

  await page.getByRole("switch", { name: "Send the dead-man ping" }).click();
  await expect(page.getByText("Switched off; the address is kept.")).toBeVisible();
  await page.getByRole("button", { name: "Forget the address…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Forget the address" }).click();
  await expect(form.getByRole("button", { name: "Switch the ping on" })).toBeVisible();
  await outside.stop();
});

/** Stops the evaluation's word of itself, as a loop that hangs would; answers how to let it go on. */
async function hangEvaluation(databaseUrl: string): Promise<() => Promise<void>> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  await sql.begin(async (tx) => {
    await tx`create function hang() returns trigger language plpgsql as 'begin return null; end'`;
    await tx`update watch_turns set at = now() - interval '5 minutes' where name = 'evaluate'`;
    await tx`
      create trigger hang before insert or update on watch_turns for each row
      when (new.name = 'evaluate') execute function hang()`;
  });
  return async () => {
    await sql`drop trigger hang on watch_turns`;
    await sql`drop function hang`;
    await sql.end();
  };
}

test("while it lags the admin is told on every page, and led to what to do; a viewer reads the state", async ({
  stack,
  page,
  browser,
}) => {
  const goOn = await hangEvaluation(stack.databaseUrl);
  await stack.signIn(page, { name: "Jonas", role: "admin" });
  await expect(page.getByText(/Rules are evaluated 5 min.* late\./)).toBeVisible();
  await page.getByRole("link", { name: "Look at it" }).click();
  const state = page.getByRole("list", { name: "State of watching" });
  await expect(state.getByText("Rules are evaluated late")).toBeVisible();
  await expect(state.getByRole("list", { name: "What to do" })).toContainText("load of the server");
  const viewer = await (await browser.newContext()).newPage();
  await stack.signIn(viewer, { name: "Vera", role: "viewer" });
  await expect(viewer.getByText(/Rules are evaluated .* late\./)).toHaveCount(0);
  await viewer.goto(`${stack.url}/alerts/health`);
  await expect(viewer.getByText("Rules are evaluated late")).toBeVisible();
  await expect(viewer.getByRole("form", { name: "Dead-man ping" })).toHaveCount(0);
  await goOn();
  await expect(state.getByText("Rules are evaluated in time")).toBeVisible();
  await expect(page.getByText(/Rules are evaluated .* late\./)).toHaveCount(0);
});

for (const [colorScheme, width, height] of [
  ["light", 1440, 900],
  ["dark", 390, 844],
] as const) {
  test(`axe finds nothing on the health of watching, ${colorScheme}, ${width} px`, async ({
    stack,
    browser,
  }) => {
    const page = await (await browser.newContext({ colorScheme, viewport: { width, height } })).newPage();
    await stack.signIn(page, { name: "Mira", role: "admin" }, "/alerts/health");
    await expect(page.getByRole("form", { name: "Dead-man ping" })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
  });
}
