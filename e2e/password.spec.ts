import { Api } from "./api";
import { expect, test } from "./stack";

test.use({ story: "password" });

const first = "Battery-Staple-77-Horse";
const next = "Wandering-Moss-31-Lantern";

test("a person changes the password: the rules are told, other sessions end, the new one opens", async ({
  stack,
  page,
  browser,
}) => {
  const elsewhere = await (await browser.newContext()).newPage();
  await stack.signIn(elsewhere, { name: "Mira", role: "operator" });
  await stack.signIn(page, { name: "Mira", role: "operator" }, "/settings/sessions");
  const form = page.getByRole("form", { name: "Change your password" });
  const now = form.getByLabel("Password now");
  const wanted = form.getByLabel("New password");
  const send = form.getByRole("button", { name: "Change the password" });

  await wanted.fill("Mira-mira");
  await expect(form.getByText(/at least 12 characters, 3 more/)).toBeVisible();
  await send.click();
  await expect(form.getByText("Type the password that you have now.")).toBeVisible();
  await expect(form.getByText("It does not meet the demands below yet.")).toBeVisible();

  await now.fill("not-the-password");
  await wanted.fill(next);
  await send.click();
  await expect(form.getByText("This is not your password; nothing was changed.")).toBeVisible();
  await expect(now).toBeFocused();

  await now.fill(first);
  await send.click();
  await expect(page.getByText("Your password is changed")).toBeVisible();
  await expect(now).toHaveValue("");
  await expect(elsewhere).toHaveURL(/\/login/);

  const email = "mira@example.test";
  await expect(Api.login(stack.url, { email, password: first })).rejects.toThrow("401");
  await Api.login(stack.url, { email, password: next });
});
