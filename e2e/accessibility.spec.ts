import { findings } from "./axe";
import { expect, test } from "./stack";

test.use({ story: "accessibility" });

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on the pages that people use, ${colorScheme}`, async ({ stack, browser }) => {
    const page = await (await browser.newContext({ colorScheme })).newPage();
    await page.goto(`${stack.url}/login`);
    await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
    expect(await findings(page), "login").toEqual([]);

    await stack.signIn(page, { name: "Mira", role: "admin" });
    const agent = await stack.agent(`seen-${colorScheme}`);
    const row = page.getByRole("row", { name: new RegExp(agent.name) });
    await expect(row.getByText("Working").first()).toBeVisible();
    expect(await findings(page), "board").toEqual([]);

    await page.getByLabel(`Select ${agent.name}`).click();
    await page.getByLabel("Actions on the selected agents").getByRole("button", { name: /^Kill/ }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await findings(page), "dialog").toEqual([]);

    for (const [path, heading] of [
      [`/agents/${agent.id}`, agent.name],
      ["/alerts", "Alerts"],
      ["/alerts/rules", "Rules"],
      ["/commands", "Commands"],
      ["/audit", "Audit"],
      ["/settings/channels", "Channels"],
      ["/settings/people", "People"],
    ] as const) {
      await page.goto(`${stack.url}${path}`);
      await expect(page.getByText(heading).filter({ visible: true }).first()).toBeVisible();
      await expect(page.getByText(/live/).first()).toBeVisible();
      expect(await findings(page), path).toEqual([]);
    }
  });
}
