import type { CDPSession, Page } from "@playwright/test";
import { signOut } from "./sign-out";
import { expect, test } from "./stack";

test.use({ story: "passkeys", host: "localhost" });

/** A phone's authenticator inside Chromium: it keeps passkeys and says at once that the finger is there. */
async function virtualAuthenticator(page: Page): Promise<{ cdp: CDPSession; id: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable", { enableUI: false });
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, id: authenticatorId };
}

async function addPasskey(page: Page, url: string, name: string) {
  await page.goto(`${url}/settings/second-factor`);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a passkey" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Go on" }).click();
}

const passkeyButton = (page: Page) => page.getByRole("button", { name: "Sign in with a passkey" });

test("a person adds a passkey, comes in with nothing else, and removes it", async ({ stack, page }) => {
  const { cdp, id } = await virtualAuthenticator(page);
  // A browser that can't offer passkeys in the field: the virtual finger would pick the offer before the button.
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
  await stack.signIn(page, { name: "Mira", role: "operator" });
  await addPasskey(page, stack.url, "Mira's phone");
  await expect(page.getByText("Mira's phone signs you in now")).toBeVisible();
  await page.getByRole("button", { name: "I have kept them" }).click();
  const row = page.getByRole("row", { name: /Mira's phone/ });
  await expect(row.getByText("not yet")).toBeVisible();
  const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId: id });
  expect(credentials).toMatchObject([{ isResidentCredential: true, rpId: "localhost" }]);

  // The same device a second time: the browser itself knows better.
  await addPasskey(page, stack.url, "Again");
  await expect(page.getByText(/holds a passkey for your account already/)).toBeVisible();

  await signOut(page, stack.url);
  await page.goto(`${stack.url}/login?to=/alerts`);
  await expect(page.getByLabel("E-mail or username")).toHaveAttribute("autocomplete", "username webauthn");
  await passkeyButton(page).click();
  await expect(page).toHaveURL(`${stack.url}/alerts`);

  // The password alone opens nothing any more: the passkey is the second factor.
  await signOut(page, stack.url);
  await page.goto(`${stack.url}/login?to=/alerts`);
  await page.getByLabel("E-mail or username").fill("mira@example.test");
  await page.getByLabel("Password", { exact: true }).fill("Battery-Staple-77-Horse");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).toHaveURL(`${stack.url}/alerts`);

  await page.goto(`${stack.url}/settings/second-factor`);
  await expect(row.getByText("ago")).toBeVisible();
  await row.getByRole("button", { name: /^Rename/ }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Blue phone");
  await page.getByRole("button", { name: "Rename it" }).click();
  const renamed = page.getByRole("row", { name: /Blue phone/ });
  await renamed.getByRole("button", { name: /^Remove/ }).click();
  await page.getByRole("button", { name: "Remove the passkey" }).click();
  await expect(renamed).toHaveCount(0);

  await signOut(page, stack.url);
  await page.goto(`${stack.url}/login`);
  await passkeyButton(page).click();
  await expect(page.getByRole("alert").getByText(/did not open an account here/)).toBeVisible();

  const kinds = await stack.owner.call<{ items: { kind: string; data: { because?: string } | null }[] }>(
    "GET",
    "/v1/audit?kind=security.&limit=50",
  );
  expect(kinds.items.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["security.second_factor_added", "security.second_factor_removed"]),
  );
  expect(kinds.items).toContainEqual(
    expect.objectContaining({
      kind: "security.login_failed",
      data: expect.objectContaining({ because: "unknown passkey" }),
    }),
  );
});

test("the browser offers the passkey in the e-mail field", async ({ stack, page }) => {
  await virtualAuthenticator(page);
  await stack.signIn(page, { name: "Noor", role: "viewer" });
  await addPasskey(page, stack.url, "Noor's key");
  await expect(page.getByText("Noor's key signs you in now")).toBeVisible();
  await signOut(page, stack.url);
  // The virtual authenticator picks the offered passkey by itself, as a person would from the list under the field.
  await page.goto(`${stack.url}/login`);
  await expect(page).toHaveURL(`${stack.url}/`);
  const { user } = await page.evaluate(async () => (await fetch("/v1/auth/status")).json());
  expect(user).toMatchObject({ name: "Noor" });
});
