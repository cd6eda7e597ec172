import { findings } from "./axe";
import { firingAgent } from "./firing-agent";
import { expect, test } from "./stack";

test.use({ story: "alerts-accessible" });

const screens = [
  ["light", { width: 1440, height: 900 }],
  ["dark", { width: 1440, height: 900 }],
  ["light", { width: 390, height: 844 }],
  ["dark", { width: 390, height: 844 }],
] as const;

test("axe finds nothing on alerts, silences, channels and the log, and nothing scrolls sideways", async ({
  stack,
  browser,
}) => {
  test.setTimeout(180_000);
  const { alertId } = await firingAgent(stack, "nightly-export");
  await firingAgent(stack, "an-agent-with-a-name-that-is-so-very-long-that-no-column-can-hold-it");
  await stack.owner.call("POST", "/v1/silences", {
    kind: "maintenance",
    matchers: [{ label: "group", op: "=", value: "research" }],
    reason: "The racks move",
    endsAt: null,
    schedule: { days: [6, 7], from: "22:00", to: "04:00", zone: "Europe/Berlin" },
  });
  for (const [colorScheme, viewport] of screens) {
    const page = await (await browser.newContext({ colorScheme, viewport })).newPage();
    await stack.signIn(page, { name: "Mira", role: "admin" });
    const seen = async (what: string) => {
      const name = `${what}, ${colorScheme}, ${viewport.width}`;
      expect(await findings(page), name).toEqual([]);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(wider, `${name} is not wider than the screen`).toBe(false);
    };
    await page.goto(`${stack.url}/alerts`);
    await expect(page.locator("[data-alert]").filter({ visible: true }).first()).toBeVisible();
    await seen("alerts");
    await page.goto(`${stack.url}/alerts/${alertId}`);
    await expect(page.getByRole("list", { name: "Story" })).toBeVisible();
    await seen("alert");
    await page.getByRole("button", { name: "Silence…" }).filter({ visible: true }).click();
    await expect(page.getByRole("dialog").getByText(/Fits 1 firing alert/)).toBeVisible();
    await seen("silence dialog");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Inbox/ }).click();
    await expect(page.getByRole("dialog", { name: "Inbox" })).toBeVisible();
    await seen("inbox");
    await page.keyboard.press("Escape");
    await page.goto(`${stack.url}/alerts/silences`);
    await expect(page.getByText("The racks move")).toBeVisible();
    await seen("silences");
    await page.goto(`${stack.url}/alerts/deliveries`);
    await expect(page.getByRole("heading", { name: "Delivery log" })).toBeVisible();
    await seen("delivery log");
    await page.goto(`${stack.url}/settings/channels`);
    await page.getByRole("button", { name: "Add a channel" }).first().click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await seen("channel dialog");
    await page.context().close();
  }
});
