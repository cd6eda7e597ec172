import { findings } from "./axe";
import { expect, test } from "./identity-stage";
import { signOut } from "./sign-out";

const ways = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 } },
} as const;

for (const [way, options] of Object.entries(ways)) {
  test(`axe finds nothing on the pages of coming in and of one's own security, ${way}`, async ({
    stage,
    browser,
  }) => {
    const page = await (await browser.newContext(options)).newPage();
    const seen = async (what: string) => {
      // The width of a phone: nothing stands out of it to the right.
      const tooWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      expect(tooWide, `${what} is wider than the screen`).toBe(false);
      expect(await findings(page), what).toEqual([]);
    };
    const open = async (path: string, words: string | RegExp) => {
      await page.goto(`${stage.url}${path}`);
      await expect(page.getByText(words).filter({ visible: true }).first()).toBeVisible();
    };

    await open("/login?reason=sso-down", "The identity provider does not answer");
    const send = page.getByRole("button", { name: "Sign in", exact: true });
    await expect(send).toBeEnabled();
    await seen("sign in");
    await send.click();
    await expect(page.getByText("Enter your password.")).toBeVisible();
    await expect(page.getByLabel("E-mail or username")).toBeFocused();
    await seen("sign in, empty");

    for (const [path, words] of [
      ["/forgot", "Send me the link"],
      ["/reset#unknown", "Choose a new password"],
      ["/reset", "This link works no more"],
      ["/recover", "Use a recovery code"],
      ["/invite#unknown", "This invitation opens nothing"],
      ["/setup", "Already set up"],
      ["/link", "There is nothing to join"],
      ["/device", "Sign in first"],
    ] as const) {
      await open(path, words);
      await seen(path);
    }
    await open("/recover", "Use a recovery code");
    await page.getByRole("button", { name: "Set the password" }).click();
    await expect(page.getByText("Must not be empty.").first()).toBeVisible();
    await seen("recover, empty");

    await stage.provider.sitDown("eve");
    await open("/auth/sso/start", "You could not be signed in");
    await seen("refused by single sign-on");

    const email = `${way}-guest@example.test`;
    await stage.owner.call("POST", "/v1/invitations", { email, role: "viewer" });
    await page.goto(await stage.linkTo(email, "invite"));
    await expect(page.getByRole("button", { name: "Make my account" })).toBeEnabled();
    await seen("invited");

    await stage.signIn(page, await stage.person(`${way}-seer`, "admin"), "/settings/second-factor");
    await expect(page.getByRole("button", { name: "Add a passkey" })).toBeVisible();
    await seen("second factor");
    await page.getByRole("button", { name: "Set up an app" }).click();
    await expect(page.getByLabel("QR code for your authenticator app")).toBeVisible();
    await seen("second factor, an app");
    for (const [path, words] of [
      ["/settings/sessions", "this one"],
      ["/settings/first-steps", "The first agent"],
      ["/device", "See what asks"],
    ] as const) {
      await open(path, words);
      await seen(path);
    }

    await stage.owner.call("PUT", "/v1/settings/second-factor", { requiredFor: ["viewer"] });
    const forced = await stage.person(`${way}-forced`, "viewer");
    await signOut(page, stage.url);
    await stage.typeIn(page, forced);
    await expect(page.getByRole("button", { name: "Authenticator app" })).toBeVisible();
    await seen("enrol");
    await stage.owner.call("PUT", "/v1/settings/second-factor", { requiredFor: [] });
  });
}
