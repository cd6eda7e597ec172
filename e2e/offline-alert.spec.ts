import { eventually } from "@/testing/eventually";
import { startTeamsServer } from "@/testing/teams-server";
import { expect, test } from "./stack";

test.use({ story: "offline-alert" });

test("kill -9 with no browser open: Teams hears of it, once, and of the return, once", async ({
  stack,
  page,
}) => {
  const teams = await startTeamsServer();
  const channel = await stack.owner.call<{ id: string }>("POST", "/v1/channels", {
    kind: "teams",
    name: "Ops Teams",
    config: { url: teams.url("/ops") },
  });
  const tested = await stack.owner.call<{ delivered: boolean; status: number }>(
    "POST",
    `/v1/channels/${channel.id}/test`,
    {},
  );
  expect(tested).toMatchObject({ delivered: true, status: 202 });
  const agent = await stack.agent("nightly-export", { group: "cron-workers" });
  const told = async () =>
    (await stack.owner.call<{ task: string | null }>("GET", `/v1/agents/${agent.id}`)).task ?? "";
  await eventually(async () => (await told()).startsWith("Counting"), { timeoutMs: 20_000 });
  const status = async () =>
    (await stack.owner.call<{ status: string }>("GET", `/v1/agents/${agent.id}`)).status;
  await eventually(async () => (await status()) === "online", { timeoutMs: 20_000 });

  const killedAt = performance.now();
  await agent.kill();
  await eventually(async () => (await status()) === "offline", { timeoutMs: 20_000, everyMs: 50 });
  // Threshold of 3 s in this stack, counted from the last beat, plus 2 s.
  expect(performance.now() - killedAt).toBeLessThan(5_000);

  const cards = async () =>
    (await teams.received("/ops"))
      .map((request) => request.body)
      .filter((body) => body.includes("nightly-export"));
  const [card] = await eventually(async () => {
    const all = await cards();
    return all.length > 0 ? all : null;
  });
  const message = JSON.parse(card ?? "{}");
  expect(message).toMatchObject({
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: { type: "AdaptiveCard", version: "1.4" },
      },
    ],
  });
  for (const part of ["cron-workers", `${stack.url}/alerts/alr_`, "Counting"]) expect(card).toContain(part);

  agent.start();
  await eventually(async () => (await status()) === "online", { timeoutMs: 20_000 });
  await eventually(async () => (await cards()).length === 2);

  await stack.signIn(page, { name: "Mira", role: "admin" });
  await page.getByRole("link", { name: "Alerts" }).first().click();
  await expect(page.getByText("nightly-export").first()).toBeVisible();
  expect((await cards()).length).toBe(2);
  await teams.stop();
});
