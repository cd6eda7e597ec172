import { hostname } from "node:os";
import { onlineAgent } from "./firing-agent";
import { expect, test } from "./stack";

test.use({ story: "alerts-outage" });

test("a host that is down stands on top of the list and speaks for its agents, until they are back", async ({
  stack,
  page,
}) => {
  const names = ["orders", "invoices", "refunds"];
  const agents = await Promise.all(names.map((name) => onlineAgent(stack, name)));
  await stack.signIn(page, { name: "Mira", role: "operator" });
  await page.goto(`${stack.url}/alerts`);
  await expect(page.getByText("Nothing fires. All is as the rules want it.")).toBeVisible();
  await Promise.all(agents.map((agent) => agent.kill()));

  const firing = page.getByRole("list", { name: "Firing" }).locator("[data-alert]");
  const muted = page.getByRole("list", { name: "Muted" }).locator("[data-alert]");
  const host = new RegExp(`^${hostname()}`);
  for (const look of ["as it happens", "loaded anew"]) {
    if (look === "loaded anew") await page.reload();
    await expect(firing, look).toHaveCount(1, { timeout: 30_000 });
    await expect(firing.getByRole("link"), look).toHaveText(host);
    await expect(muted, look).toHaveCount(names.length);
  }
  // What calls is what one reads first.
  await expect(firing.getByRole("link")).toHaveAttribute("aria-current", "true");
  await expect(page.getByRole("heading", { name: host })).toBeVisible();

  for (const agent of agents) agent.start();
  await expect(page.getByText("Nothing fires. All is as the rules want it.")).toBeVisible({
    timeout: 60_000,
  });
});
