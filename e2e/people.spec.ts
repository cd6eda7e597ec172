import type { Page } from "@playwright/test";
import postgres from "postgres";
import { io } from "socket.io-client";
import { testOwner } from "@/testing/server-process";
import { totpCodeAt } from "@/testing/totp";
import { Api } from "./api";
import { signOut } from "./sign-out";
import { expect, type Stack, test } from "./stack";

test.use({ story: "people" });

const password = "Battery-Staple-77-Horse";

async function openPeople(page: Page, stack: Stack) {
  await page.goto(`${stack.url}/settings/people`);
  await expect(page.getByRole("heading", { name: "People", level: 1 })).toBeVisible();
}
const rowOf = (page: Page, name: string) => page.getByRole("row", { name: new RegExp(name) });

async function pick(page: Page, name: string, item: string | RegExp) {
  await page.getByRole("button", { name: `More for ${name}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

async function idOf(stack: Stack, email: string): Promise<string> {
  const { items } = await stack.owner.call<{ items: { id: string; email: string }[] }>(
    "GET",
    `/v1/users?q=${encodeURIComponent(email)}`,
  );
  const found = items.find((user) => user.email === email);
  if (!found) throw new Error(`there is no ${email}`);
  return found.id;
}

async function inDatabase(stack: Stack, act: (sql: postgres.Sql) => Promise<unknown>) {
  const sql = postgres(stack.databaseUrl, { max: 1 });
  await act(sql);
  await sql.end();
}

test("an admin invites somebody, who chooses a password by the link and is in", async ({
  stack,
  page,
  browser,
}) => {
  await stack.signIn(page, { name: "Mira", role: "admin" });
  await openPeople(page, stack);
  await page.getByRole("button", { name: "Add a person" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a person" });
  await dialog.getByRole("button", { name: "Make the invitation" }).click();
  await expect(dialog.getByRole("alert")).toContainText("e-mail");
  await dialog.getByLabel("E-mail").fill("nina@example.test");
  await dialog.getByRole("button", { name: "Make the invitation" }).click();
  const link = (await page.getByRole("dialog").getByText(`${stack.url}/`).textContent()) ?? "";
  await page.getByRole("button", { name: "I have kept it" }).click();
  await expect(rowOf(page, "nina@example.test")).toBeVisible();

  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(link);
  await theirs.getByLabel("Your name").fill("Nina");
  await theirs.getByLabel("Password", { exact: true }).fill(password);
  await theirs.getByRole("button", { name: "Make my account" }).click();
  await theirs.getByRole("button", { name: "I have kept them, open the board" }).click();
  await expect(theirs).toHaveURL(`${stack.url}/`);
  await openPeople(page, stack);
  await expect(rowOf(page, "Nina").getByLabel("Role of Nina")).toHaveText("Operator");
});

test("an admin adds somebody with a password and a username, and changes the username later", async ({
  stack,
  page,
  browser,
}) => {
  await stack.signIn(page, { name: "Mira", role: "admin" });
  await openPeople(page, stack);
  await page.getByRole("button", { name: "Add a person" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a person" });
  await expect(dialog.getByLabel("E-mail")).toBeFocused();
  await dialog.getByLabel("E-mail").fill("una@example.test");
  await dialog.getByRole("radio", { name: "Set a password" }).click();
  await expect(dialog.getByLabel("E-mail")).toHaveValue("una@example.test");
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Una");
  await dialog.getByLabel("Username").fill("una maria");
  await dialog.getByLabel("First password", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: "Add the person" }).click();
  await expect(dialog.getByRole("alert")).toContainText("letters, digits");
  await dialog.getByLabel("Username").fill("una.m");
  await dialog.getByRole("button", { name: "Add the person" }).click();
  await expect(rowOf(page, "Una").getByText("una.m ·")).toBeVisible();

  await pick(page, "Una", "Change the username");
  const rename = page.getByRole("dialog", { name: "Username of Una" });
  await rename.getByLabel("Username").fill("U");
  await rename.getByRole("button", { name: "Save the username" }).click();
  await expect(rename.getByRole("alert")).toContainText("2 to 40");
  await rename.getByLabel("Username").fill("una");
  await rename.getByRole("button", { name: "Save the username" }).click();
  await expect(page.getByText("Una signs in as una now")).toBeVisible();

  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(`${stack.url}/login?to=/settings/sessions`);
  await theirs.getByLabel("E-mail or username").fill("UNA");
  await theirs.getByLabel("Password", { exact: true }).fill(password);
  await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(theirs.getByText("You sign in with the username or the e-mail address.")).toBeVisible();
});

test("another role: the person's open page loses its buttons at once, and gets them back", async ({
  stack,
  page,
  browser,
}) => {
  const agent = await stack.agent("for-roles");
  const theirs = await (await browser.newContext()).newPage();
  await stack.signIn(theirs, { name: "Otto", role: "operator" }, `/agents/${agent.id}`);
  const restart = theirs.getByRole("button", { name: "Restart…" });
  await expect(restart).not.toHaveAttribute("aria-disabled", "true");

  await stack.signIn(page, { name: "Mira", role: "admin" });
  await openPeople(page, stack);
  await page.getByLabel("Role of Otto").click();
  await page.getByRole("option", { name: /^Viewer/ }).click();
  await expect(page.getByText("Otto is viewer now")).toBeVisible();
  await expect(restart).toHaveAttribute("aria-disabled", "true");
  await restart.hover();
  await expect(theirs.getByRole("tooltip")).toContainText("viewer");
  await page.getByLabel("Role of Otto").click();
  await page.getByRole("option", { name: /^Operator/ }).click();
  await expect(page.getByText("Otto is operator now")).toBeVisible();
  await expect(restart).not.toHaveAttribute("aria-disabled", "true");

  const { items } = await stack.owner.call<{ items: object[] }>(
    "GET",
    "/v1/audit?kind=user.role_changed&limit=10",
  );
  expect(items).toContainEqual(
    expect.objectContaining({
      actor: expect.objectContaining({ name: "Mira" }),
      target: expect.objectContaining({ name: "Otto" }),
      before: { role: "operator" },
      after: { role: "viewer" },
    }),
  );
});

test("switching somebody off closes their live connection within a second and their page leaves", async ({
  stack,
  page,
  browser,
}) => {
  const theirs = await (await browser.newContext()).newPage();
  const session = await stack.signIn(theirs, { name: "Paul", role: "operator" });
  const socket = io(`${stack.url}/console`, {
    transports: ["websocket"],
    extraHeaders: { cookie: session.cookie, origin: stack.url },
    auth: { protocol: 1 },
    reconnection: false,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  const fell = new Promise<number>((resolve) => socket.once("disconnect", () => resolve(Date.now())));

  await stack.signIn(page, { name: "Mira", role: "admin" });
  await openPeople(page, stack);
  await pick(page, "Paul", "Switch off");
  const dialog = page.getByRole("dialog", { name: "Switch off Paul?" });
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  // From the server's answer on: how long a busy browser takes to send the click is not the promise.
  const answered = page.waitForResponse(/users\.change/).then(() => Date.now());
  await dialog.getByRole("button", { name: "Switch off Paul" }).click();
  expect((await fell) - (await answered)).toBeLessThan(1_000);
  await expect(theirs).toHaveURL(/\/login/);
  await expect(Api.login(stack.url, { email: "paul@example.test", password })).rejects.toThrow("401");

  await pick(page, "Paul", "Switch on");
  await expect(page.getByText("Paul can sign in again")).toBeVisible();
  await Api.login(stack.url, { email: "paul@example.test", password });
});

test("a locked account is seen and unlocked, and sessions of somebody are ended", async ({
  stack,
  page,
  browser,
}) => {
  const theirs = await (await browser.newContext()).newPage();
  await stack.signIn(theirs, { name: "Rosa", role: "viewer" });
  await inDatabase(
    stack,
    (sql) => sql`update users set locked_until = now() + interval '10 minutes' where name = 'Rosa'`,
  );
  await stack.signIn(page, { name: "Mira", role: "admin" });
  await openPeople(page, stack);
  await page.getByLabel("Find a person").fill("ROSA");
  const row = rowOf(page, "Rosa");
  await expect(row.getByText("locked")).toBeVisible();
  await row.getByRole("button", { name: "Unlock Rosa" }).click();
  await expect(row.getByText("locked")).toBeHidden();

  await pick(page, "Rosa", /^Sessions/);
  const dialog = page.getByRole("dialog", { name: "Sessions of Rosa" });
  await expect(dialog.getByText(/by password/).first()).toBeVisible();
  await dialog.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(theirs).toHaveURL(/\/login/);
});

test("a lost second factor is removed by an admin, who shows their own first", async ({ stack, page }) => {
  const lost = await stack.signIn(page, { name: "Sven", role: "operator" });
  const enrol = async (api: Api) => {
    const { secret } = await api.call<{ secret: string }>("POST", "/v1/auth/totp", {});
    await api.call("POST", "/v1/auth/totp/confirm", { code: totpCodeAt(secret, new Date()) });
    return secret;
  };
  await enrol(lost);
  await signOut(page, stack.url);
  await stack.signIn(page, { name: "Tara", role: "admin" });
  // Their own app, set up on the page's own session, and shown longer ago than ten minutes.
  const tara = await idOf(stack, "tara@example.test");
  const session = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const secret = await enrol(Api.withCookie(stack.url, session));
  await inDatabase(stack, async (sql) => {
    await sql`update sessions set step_up_at = now() - interval '11 minutes' where user_id = ${tara}`;
    await sql`update totp_factors set last_step = 0 where user_id = ${tara}`;
  });

  await openPeople(page, stack);
  await expect(rowOf(page, "Sven").getByText("App")).toBeVisible();
  await pick(page, "Sven", "Remove the second factor");
  await page.getByRole("button", { name: "Remove the second factor" }).click();
  await page
    .getByRole("dialog", { name: "Show that it is you" })
    .getByLabel(/code/i)
    .fill(totpCodeAt(secret, new Date()));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("Sven signs in with the password alone now")).toBeVisible();
  await expect(rowOf(page, "Sven").getByText("none")).toBeVisible();
  await Api.login(stack.url, { email: "sven@example.test", password });
});

test("the last admin is neither demoted nor deleted, and the page says why", async ({ stack, page }) => {
  const { items } = await stack.owner.call<{ items: { id: string; role: string; email: string }[] }>(
    "GET",
    "/v1/users?limit=500",
  );
  const own = items.find(({ email }) => email === testOwner.email)?.id ?? "";
  for (const { id, role } of items) {
    if (role === "admin" && id !== own)
      await stack.owner.call("PATCH", `/v1/users/${id}`, { role: "viewer" });
  }
  const refused = await stack.owner.raw("PATCH", `/v1/users/${own}`, { role: "viewer" });
  expect(refused).toMatchObject({ status: 409 });
  expect(JSON.stringify(refused.body)).toContain("Make another admin first");
  expect((await stack.owner.raw("DELETE", `/v1/users/${own}`)).status).toBe(409);

  await page.goto(`${stack.url}/login`);
  await page.getByLabel("E-mail or username").fill(testOwner.email);
  await page.getByLabel("Password", { exact: true }).fill(testOwner.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(`${stack.url}/`);
  await openPeople(page, stack);
  await page.getByRole("button", { name: /^Role of Owner/ }).focus();
  await expect(page.getByRole("tooltip")).toContainText("You are the only admin who can sign in");
  await page.getByRole("button", { name: "More for Owner" }).press("Enter");
  const remove = page.getByRole("menuitem", { name: /^Delete/ });
  await expect(remove).toContainText("You are the only admin who can sign in");
  await page.keyboard.press("End");
  await expect(remove).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(remove).toBeVisible();
});
