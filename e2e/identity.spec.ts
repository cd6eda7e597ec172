import type { Page } from "@playwright/test";
import { eventually } from "@/testing/eventually";
import { totpCodeAt } from "@/testing/totp";
import { Api } from "./api";
import { expect, test } from "./identity-stage";

const stepMs = 30_000;
const wanted = "Wandering-Moss-31-Lantern";

async function signOut(page: Page) {
  await page.getByRole("button", { name: /your account/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login/);
}

/** Sets an app up on the page about it and answers its secret and the recovery codes, as a person would keep them. */
async function setUpApp(page: Page) {
  const secretShown = page.getByRole("form", { name: "Set up an authenticator app" }).locator("code");
  await expect(secretShown).toHaveText(/^[A-Z2-7]{32}$/);
  const secret = (await secretShown.textContent()) ?? "";
  await page.getByLabel(/Code that the app shows/).fill(totpCodeAt(secret, new Date()));
  await page.getByRole("button", { name: "Switch it on" }).click();
  const shown = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(shown).toHaveCount(10);
  const codes = await shown.allTextContents();
  await page.getByRole("button", { name: "I have kept them" }).click();
  return { secret, codes };
}

test("an app is set up, its code signs in, and a recovery code opens when it is lost", async ({
  stage,
  page,
}) => {
  const mira = await stage.person("Mira");
  await stage.signIn(page, mira, "/settings/second-factor");
  await page.getByRole("button", { name: "Set up an app" }).click();
  const { secret, codes } = await setUpApp(page);
  await expect(page.getByText(/In use, set up/)).toBeVisible();

  await signOut(page);
  await stage.typeIn(page, mira);
  const code = page.getByLabel("Code of your authenticator app");
  await expect(code).toBeFocused();
  await expect(code).toHaveAttribute("autocomplete", "one-time-code");
  await code.fill("000 000");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/This is not right, or was used already/)).toBeVisible();
  await expect(code).toBeFocused();
  // The code of this half minute was spent by setting up; the next one counts already.
  await code.fill(totpCodeAt(secret, new Date(Date.now() + stepMs)));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${stage.url}/`);

  await signOut(page);
  await stage.typeIn(page, mira);
  await page.getByRole("link", { name: "Phone lost?" }).click();
  const recovery = page.getByRole("textbox", { name: "Recovery code" });
  await page.getByLabel("E-mail or username").fill(mira.email);
  await recovery.fill("ABCD-EFGH-JKMN");
  await page.getByRole("textbox", { name: "New password" }).fill(wanted);
  await page.keyboard.press("Enter");
  // A refusal stays on the page: it is about what was typed, not about a session.
  await expect(page.getByRole("form").getByRole("alert")).toBeVisible();
  await expect(page).toHaveURL(`${stage.url}/recover`);
  await recovery.fill(codes[3] ?? "");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page).toHaveURL(`${stage.url}/settings/second-factor`);
  await expect(page.getByText("none", { exact: true })).toBeVisible();
});

test("whose role must have a second factor sets up a passkey or an app, and nothing else before", async ({
  stage,
  page,
}) => {
  await stage.owner.call("PUT", "/v1/settings/second-factor", { requiredFor: ["viewer"] });
  const vera = await stage.person("Vera", "viewer");
  await stage.typeIn(page, vera, "/alerts");
  await expect(page).toHaveURL(/\/enrol/);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable", { enableUI: false });
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.getByRole("button", { name: "Authenticator app" }).click();
  await page.getByRole("button", { name: "Another way" }).click();
  await page.getByRole("button", { name: "Passkey" }).click();
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("button", { name: "I have kept them" }).click();
  await expect(page).toHaveURL(`${stage.url}/alerts`);
  await stage.owner.call("PUT", "/v1/settings/second-factor", { requiredFor: [] });
});

test("a forgotten password is set anew by a mailed link, which ends what was open", async ({
  stage,
  page,
  browser,
}) => {
  const noor = await stage.person("Noor");
  const elsewhere = await (await browser.newContext()).newPage();
  await stage.signIn(elsewhere, noor);
  await page.goto(`${stage.url}/login`);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  // The page before has a field of the same name.
  await expect(page.getByRole("heading", { name: "Forgotten password" })).toBeVisible();
  await page.getByLabel("E-mail or username").fill(noor.email);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: noor.email })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Look into your mail" })).toBeFocused();

  await page.goto(await stage.linkTo(noor.email, "reset"));
  await page.getByRole("textbox", { name: "New password" }).fill("short");
  await page.keyboard.press("Enter");
  await expect(page.getByText("at least 12 characters, 7 more")).toBeVisible();
  await page.getByRole("textbox", { name: "New password" }).fill(wanted);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Your password is changed" })).toBeVisible();
  await expect(elsewhere).toHaveURL(/\/login/);
  await expect(Api.login(stage.url, noor)).rejects.toThrow("401");
  await stage.signIn(page, { ...noor, password: wanted });
});

test("an invitation becomes an account", async ({ stage, page }) => {
  const email = "ines@example.test";
  await stage.owner.call("POST", "/v1/invitations", { email, role: "operator" });
  const link = await stage.linkTo(email, "invite");
  await page.goto(link);
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(page.getByLabel("Your name")).toBeFocused();
  await page.getByLabel("Your name").fill("Ines");
  await page.getByLabel("Password", { exact: true }).fill(wanted);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /I have kept them/ }).click();
  await expect(page).toHaveURL(`${stage.url}/`);
  await page.goto(link);
  await expect(page.getByText("This invitation opens nothing")).toBeVisible();
});

test("mc login is let in on the page, is seen among the sessions, and is out the moment it is signed out", async ({
  stage,
  page,
}) => {
  const jonas = await stage.person("Jonas");
  const login = stage.mc("login");
  const [, code = ""] = await eventually(() => /\n {4}([A-Z]{4}-[A-Z]{4})\n/.exec(login.said()));
  await page.goto(`${stage.url}/device?code=${code}`);
  await page.getByRole("link", { name: "Sign in first" }).click();
  await page.getByLabel("E-mail or username").fill(jonas.email);
  await page.getByLabel("Password", { exact: true }).fill(jonas.password);
  await page.keyboard.press("Enter");
  const typed = page.getByRole("textbox", { name: "Code" });
  await expect(typed).toHaveValue(code);
  await typed.fill("BBBB-BBBB");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Nothing waits for this code/)).toBeVisible();
  await expect(typed).toBeFocused();
  await typed.fill(code.toLowerCase());
  await page.keyboard.press("Enter");
  await expect(page.getByText(/mc on /)).toBeVisible();
  await page.getByRole("button", { name: "Let it in" }).click();
  await expect(page.getByRole("heading", { name: "The program is in" })).toBeVisible();
  expect(await login.ended).toMatchObject({ code: 0 });
  expect(await stage.mc("agents", "list").ended).toMatchObject({ code: 0 });

  await page.goto(`${stage.url}/settings/sessions`);
  const row = page.getByRole("row", { name: /mc on / });
  await expect(row.getByText("127.0.0.1").filter({ visible: true })).toBeVisible();
  await row.getByRole("button", { name: /^Sign mc on/ }).click();
  await expect(row).toHaveCount(0);
  expect(await stage.mc("agents", "list").ended).toMatchObject({ code: 3 });
});

test("single sign-on lets in who has a role, refuses who has none, and joins a local account", async ({
  stage,
  browser,
}) => {
  const come = async (id: string) => {
    await stage.provider.sitDown(id);
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${stage.url}/login?to=/alerts`);
    await page.getByRole("link", { name: "Sign in with SSO" }).click();
    return page;
  };
  const ada = await come("ada");
  await expect(ada).toHaveURL(`${stage.url}/alerts`);
  await ada.goto(`${stage.url}/settings/sessions`);
  await expect(ada.getByText(/by single sign-on/)).toBeVisible();

  const eve = await come("eve");
  await expect(eve.getByRole("heading", { name: "You could not be signed in" })).toBeVisible();
  await expect(eve.getByText(/none of your groups has a role here/)).toBeVisible();
  await eve.getByRole("link", { name: "Back to the sign-in page" }).click();
  await expect(eve).toHaveURL(`${stage.url}/login`);

  const local = await stage.person("Joan", "viewer");
  const joan = await come("joan");
  await expect(joan).toHaveURL(/\/link#/);
  const proof = joan.getByLabel("Password of your account here");
  await proof.fill("not-the-password");
  await joan.keyboard.press("Enter");
  await expect(joan.getByText("This is not the password of your account here.")).toBeVisible();
  await expect(proof).toBeFocused();
  await proof.fill(local.password);
  await joan.keyboard.press("Enter");
  await expect(joan).toHaveURL(`${stage.url}/alerts`);
});

test("a session that is ended on one screen falls on the other within a second", async ({
  stage,
  page,
  browser,
}) => {
  const kim = await stage.person("Kim");
  const other = await (await browser.newContext()).newPage();
  await stage.signIn(other, kim);
  await expect(other.getByRole("banner").getByText(/^live/)).toBeVisible();
  await stage.signIn(page, kim, "/settings/sessions");
  await expect(page.getByText("this one", { exact: true })).toHaveCount(1);
  const fallen = other.waitForRequest(/\/login/).then(() => Date.now());
  const answered = page.waitForResponse(/sessions\.revoke/).then(() => Date.now());
  await page.getByRole("button", { name: /^End the session of/ }).click();
  // From when the server has done it: a busy machine may take its time to get there.
  expect((await fallen) - (await answered)).toBeLessThan(1_000);
  await expect(other).toHaveURL(/\/login/);
  await expect(page.getByText(/other/)).toHaveCount(0);
});
