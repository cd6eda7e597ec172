import type { Page } from "@playwright/test";
import { alertLinkMs } from "@/contracts/watch/alert-link";
import { actionLinks } from "@/domain/watch/links";
import { sealer } from "@/platform/crypto";
import { fakeClock } from "@/testing/clock";
import { eventually } from "@/testing/eventually";
import { startTeamsServer } from "@/testing/teams-server";
import { findings } from "./axe";
import { firingAgent } from "./firing-agent";
import { expect, type Stack, test } from "./stack";

test.use({ story: "alert-link" });

type Shown = { acknowledgedBy: string | null; state: string };
type Action = { type: string; title: string; url: string };

const phone = { viewport: { width: 390, height: 844 } };

/** What the links of the card about an agent lead to, by the words on their buttons. */
async function linksOf(teams: Awaited<ReturnType<typeof startTeamsServer>>, name: string) {
  // News of a group that has told something come after half a minute.
  const card = await eventually(
    async () => (await teams.received("/ops")).map(({ body }) => body).find((body) => body.includes(name)),
    { timeoutMs: 45_000 },
  );
  const links = new Map<string, string>();
  const look = (part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    const { type, title, url } = part as Partial<Action>;
    if (type === "Action.OpenUrl" && title && url) links.set(title, url);
    for (const inner of Object.values(part)) look(inner);
  };
  look(JSON.parse(card ?? "{}"));
  const find = (words: RegExp) => {
    const link = [...links].find(([title, url]) => words.test(title) && url.includes("/a/"))?.[1];
    if (!link) throw new Error(`The card has no ${words} among ${[...links.keys()].join(", ")}.`);
    return link;
  };
  return { acknowledge: find(/Acknowledge/), silence: find(/Silence/) };
}

const shown = (stack: Stack, id: string) => stack.owner.call<Shown>("GET", `/v1/alerts/${id}`);
const silences = async (stack: Stack) =>
  (await stack.owner.call<{ items: { reason: string; state: string }[] }>("GET", "/v1/silences")).items;

/** The page is fit for a phone at night: nothing sideways, nothing that axe finds, a button for a thumb. */
async function fitsPhone(page: Page, what: string) {
  expect(await findings(page), what).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth), what).toBe(
    false,
  );
}

test("a link in a card asks first, acknowledges by its button once, and works with nobody signed in", async ({
  stack,
  browser,
}) => {
  const teams = await startTeamsServer();
  await stack.owner.call("POST", "/v1/channels", {
    kind: "teams",
    name: "Ops Teams",
    config: { url: teams.url("/ops") },
  });
  const { agent, alertId } = await firingAgent(stack, "nightly-export");
  const { acknowledge, silence } = await linksOf(teams, "nightly-export");

  // Mail programs and chats open links, with no browser at all.
  for (const link of [acknowledge, silence]) expect((await fetch(link)).status).toBe(200);
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(acknowledge);
  await expect(page.getByRole("heading", { name: "Are you on it?" })).toBeVisible();
  await expect(page.getByRole("region", { name: "The alert" })).toContainText("nightly-export");
  await expect(page.getByText("link to Ops Teams")).toBeVisible();
  await fitsPhone(page, "the question");
  await page.reload();
  expect(await shown(stack, alertId)).toMatchObject({ acknowledgedBy: null });
  expect(await silences(stack)).toEqual([]);

  const button = page.getByRole("button", { name: "Acknowledge" });
  expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await button.click();
  await expect(page.getByRole("heading", { name: "Acknowledged" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Acknowledge" })).toHaveCount(0);
  expect(await shown(stack, alertId)).toMatchObject({ acknowledgedBy: "link to Ops Teams" });
  await fitsPhone(page, "the outcome");

  const other = await (await browser.newContext(phone)).newPage();
  await other.goto(acknowledge);
  await expect(other.getByRole("heading", { name: "Somebody is on it already" })).toBeVisible();

  await other.goto(silence);
  await expect(other.getByRole("heading", { name: "Quiet for an hour?" })).toBeVisible();
  expect(await silences(stack)).toEqual([]);
  await other.getByRole("button", { name: "Silence for 1 hour" }).click();
  await expect(other.getByRole("heading", { name: "Silenced" })).toBeVisible();
  await expect(other.getByText(/Quiet until \d\d:\d\d/)).toBeVisible();
  const [made] = await silences(stack);
  expect(made).toMatchObject({ state: "active", reason: expect.stringContaining("nightly-export") });
  await fitsPhone(other, "silenced");
  await other.goto(silence);
  await expect(other.getByRole("heading", { name: "It is quiet already" })).toBeVisible();
  agent.start();
  await eventually(async () => (await shown(stack, alertId)).state === "resolved", { timeoutMs: 30_000 });
  await teams.stop();
});

/** The link that the message of yesterday held. */
function linkOfYesterday({ secret, url }: Stack, about: { alertId: string; channelId: string }): string {
  const clock = fakeClock(new Date(Date.now() - alertLinkMs - 60_000));
  const ground = { sealer: sealer(Buffer.from(secret, "hex")), clock };
  return actionLinks(ground, { ...about, consoleUrl: url }).acknowledge;
}

test("a forged, torn or old link, and one to an alert that is over, say so and change nothing", async ({
  stack,
  browser,
}) => {
  const teams = await startTeamsServer();
  const channel = await stack.owner.call<{ id: string }>("POST", "/v1/channels", {
    kind: "teams",
    name: "Night Teams",
    config: { url: teams.url("/ops") },
  });
  const { agent, alertId } = await firingAgent(stack, "stock-sync");
  const { acknowledge } = await linksOf(teams, "stock-sync");
  const page = await (await browser.newContext({ ...phone, colorScheme: "dark" })).newPage();

  const half = acknowledge.length - 20;
  const swapped = acknowledge[half] === "A" ? "B" : "A";
  const wrong = [
    `${acknowledge.slice(0, half)}${swapped}${acknowledge.slice(half + 1)}`,
    acknowledge.slice(0, half),
    `${stack.url}/a/v1.made-up`,
  ];
  for (const link of wrong) {
    await page.goto(link);
    await expect(page.getByRole("heading", { name: /^This link opens nothing/ })).toBeVisible();
    await expect(page.getByText("Nothing was changed.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Acknowledge" })).toHaveCount(0);
    await fitsPhone(page, "a link that opens nothing");
  }
  expect(await shown(stack, alertId)).toMatchObject({ acknowledgedBy: null });

  await page.goto(linkOfYesterday(stack, { alertId, channelId: channel.id }));
  await expect(page.getByRole("heading", { name: "This link has run out" })).toBeVisible();
  await expect(page.getByText(/good for 24 hours/)).toBeVisible();
  await fitsPhone(page, "a link that has run out");
  expect(await shown(stack, alertId)).toMatchObject({ acknowledgedBy: null });

  await page.goto(acknowledge);
  await expect(page.getByRole("heading", { name: "Are you on it?" })).toBeVisible();
  agent.start();
  await eventually(async () => (await shown(stack, alertId)).state === "resolved", { timeoutMs: 30_000 });
  await expect(page.getByRole("heading", { name: "It is over" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Open in Mission Control" })).toBeVisible();
  await fitsPhone(page, "over");

  await stack.owner.call("DELETE", `/v1/channels/${channel.id}`);
  await page.goto(acknowledge);
  await expect(page.getByRole("heading", { name: "This link opens nothing any more" })).toBeVisible();
  await teams.stop();
});
