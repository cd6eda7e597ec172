import { hostname } from "node:os";
import { onlineAgent } from "./firing-agent";
import { expect, test } from "./stack";

test.use({ story: "alerts-outage" });

type Policy = { version: number; policy: { root: { routes: object[] } } };

test("a host that is down stands on top of the list and speaks for its agents, until they are back", async ({
  stack,
  page,
}) => {
  // The critical route waits a little: who is told before the host counts as down would be no muted one.
  const { version, policy } = await stack.owner.call<Policy>("GET", "/v1/alert-policy");
  const routes = policy.root.routes.map((route) => ({ ...route, waitMs: 20_000 }));
  const changed = { ...policy, root: { ...policy.root, routes } };
  await stack.owner.call("PUT", "/v1/alert-policy", { version, policy: changed });

  const names = ["orders", "invoices", "refunds"];
  const agents = await Promise.all(names.map((name) => onlineAgent(stack, name)));
  await stack.signIn(page, { name: "Mira", role: "operator" }, "/alerts");
  await expect(page.getByText("Nothing fires. All is as the rules want it.")).toBeVisible();

  const firing = page.getByRole("list", { name: "Firing" });
  const [first, ...others] = agents;
  await first?.kill();
  await expect(firing.locator(`[data-alert=${names[0]}] a[aria-current=true]`)).toBeVisible({
    timeout: 30_000,
  });
  await Promise.all(others.map((agent) => agent.kill()));
  const host = firing.locator(`[data-alert="${hostname()}"]`);
  for (const look of ["as it happens", "loaded anew"]) {
    if (look === "loaded anew") await page.reload();
    await expect(host, look).toBeVisible({ timeout: 30_000 });
    await expect(firing.locator("[data-alert][data-muted]"), look).toHaveCount(names.length);
    await expect(firing.locator("[data-alert]").first(), look).toHaveAttribute("data-alert", hostname());
    // What calls is what one reads, also where an agent's alert came first.
    await expect(host.getByRole("link"), look).toHaveAttribute("aria-current", "true");
    await expect(page.getByRole("heading", { name: hostname() }), look).toBeVisible();
  }

  for (const agent of agents) agent.start();
  await expect(page.getByText("Nothing fires. All is as the rules want it.")).toBeVisible({
    timeout: 60_000,
  });
});
