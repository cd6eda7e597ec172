import { expect, test } from "vitest";
import { messageSample } from "@/testing/message-sample";
import { alertSample } from "@/testing/outbox";
import type { Message } from "../message";
import { tellableOf } from "../tellable";
import { email, messageIdOf } from "./email";
import { inboxRow } from "./inbox-row";
import { slackBlocks } from "./slack-blocks";
import { teamsCard } from "./teams-card";
import { connectorCard, isConnectorAddress } from "./teams-connector";
import { ampleLimits } from "./words";

const consoleUrl = "https://control.example.com";
const toldOf = (message: Message) => tellableOf(message, null, consoleUrl);
const actions = { acknowledge: `${consoleUrl}/a/ack`, silence: `${consoleUrl}/a/quiet` };

test("one alert: status, agent, group, host, since when, the last thing known, the rule, what to do, and links", () => {
  const runbook = "https://wiki.example.com/indexer";
  const card = teamsCard(toldOf(messageSample({ firing: [alertSample({ runbook })] }, { actions })).brief);
  const text = JSON.stringify(card);
  const parts = ["Offline ", "indexer", "search", "web-1", "2026-11-21 04:24:26 UTC (7 s)", "nightly index"];
  for (const part of [...parts, "Any agent is offline (critical)", "Silent for 7 s", runbook]) {
    expect(text).toContain(part);
  }
  expect(card.attachments[0]?.content.actions.map(({ title, url }) => [title, url])).toEqual([
    ["Open in Mission Control", `${consoleUrl}/alerts/alr_1`],
    ["Acknowledge", actions.acknowledge],
    ["Silence 1 h", actions.silence],
    ["Runbook", runbook],
  ]);
});

test("its end says how long it lasted and why it is over, and has nothing to acknowledge", () => {
  const over = {
    state: "resolved",
    resolvedAt: "2026-11-21T04:28:30.000Z",
    resolution: "Back online after 4 min",
  } as const;
  const card = teamsCard(toldOf(messageSample({ resolved: [alertSample(over)] }, { actions })).brief);
  const text = JSON.stringify(card);
  for (const part of ["Resolved ", "Back online after 4 min", "2026-11-21 04:28:30 UTC (4 min)"])
    expect(text).toContain(part);
  expect(card.attachments[0]?.content.actions).toHaveLength(1);
});

test("late: as of its leaving, and what is over by then says so and has nothing to acknowledge", () => {
  const lateAt = new Date("2026-11-21T04:32:33.000Z");
  const late = (over: object) =>
    toldOf(messageSample({ firing: [alertSample(over)] }, { lateAt })).brief(ampleLimits);
  const since = (brief: ReturnType<typeof late>) => brief.rows.find(({ label }) => label === "Since")?.value;
  expect(since(late({}))).toBe("2026-11-21 04:24:26 UTC (8 min)");
  const over = late({ state: "resolved", resolvedAt: "2026-11-21T04:25:26.000Z" });
  expect([over.word, over.tone]).toEqual(["Offline, already over", "good"]);
  expect(over.lead).toMatch(/^Already over after 1 min: Silent/);
  expect(over.rows).toContainEqual({ label: "Until", value: "2026-11-21 04:25:26 UTC (1 min)" });
  const ownWords = (alerts: object) => {
    const template = { title: "{{subject}} {{state}} for {{lasted}}", body: null };
    const message = messageSample({ firing: [alertSample(alerts)] }, { lateAt });
    return tellableOf(message, template, consoleUrl).brief(ampleLimits).title;
  };
  expect(ownWords({})).toBe("indexer firing for 8 min");
  expect(ownWords({ state: "resolved", resolvedAt: "2026-11-21T04:25:26.000Z" })).toBe(
    "indexer resolved for 1 min",
  );
});

test("a repeat and an escalation say so", () => {
  const lead = (event: Message["event"]) =>
    toldOf(messageSample({ still: [alertSample()] }, { event })).brief(ampleLimits).lead;
  expect(lead("repeat")).toMatch(/^Still so after 7 s: /);
  expect(lead("escalation")).toMatch(/^Nobody has acknowledged this for 7 s: /);
});

test("many: numbers first, then names, and how many more", () => {
  const firing = Array.from({ length: 25 }, (_, index) => alertSample({ id: `alr_${index}` }));
  const counts = { firing: 10_000, resolved: 1, still: 0 };
  const message = messageSample({ firing, resolved: [alertSample()] }, { counts, title: "10,001 agents" });
  const brief = toldOf(message).brief(ampleLimits);
  expect([brief.word, brief.title, brief.lead]).toEqual([
    "Firing",
    "10,001 agents",
    "10,000 alerts new, 1 alert ended.",
  ]);
  expect(brief.lists.map(({ heading, items, more }) => [heading, items.length, more])).toEqual([
    ["New (10,000)", 25, 9_975],
    ["Ended (1)", 1, 0],
  ]);
  const body = inboxRow(brief, "/alerts").body;
  expect(body).toContain("and 9,995 more");
});

test("mails of a group: one subject, one thread; a title of one's own is the subject", () => {
  const options = { to: ["ops@example.com"], consoleUrl, ownSubject: false };
  const message = messageSample();
  const first = email(toldOf(message).brief, toldOf(message).thread, options);
  const later = messageSample({ resolved: [alertSample()] }, { id: "ntf_2" });
  const second = email(toldOf(later).brief, toldOf(later).thread, options);
  expect([first.subject, second.subject]).toEqual([
    "[Mission Control] Offline: indexer",
    "Re: [Mission Control] Offline: indexer",
  ]);
  expect([first.inReplyTo, second.inReplyTo, second.references]).toEqual([
    undefined,
    first.messageId,
    [first.messageId],
  ]);
  const own = tellableOf(message, { title: "PROD {{subject}}", body: null }, consoleUrl);
  expect(email(own.brief, own.thread, { ...options, ownSubject: own.ownSubject }).subject).toBe(
    "PROD indexer",
  );
  expect(messageIdOf("ntf_1", "http://[::1]:3000")).toBe("<ntf_1@---1->");
});

test("an old connector is known by its address, and gets HTML that is escaped", () => {
  expect(isConnectorAddress("https://contoso.webhook.office.com/webhookb2/a@b/IncomingWebhook/c/d")).toBe(
    true,
  );
  expect(isConnectorAddress("https://outlook.office.com/webhook/a")).toBe(true);
  expect(isConnectorAddress("https://prod-1.westeurope.logic.azure.com/workflows/a/triggers")).toBe(false);
  expect(isConnectorAddress("https://evil.example/?webhook.office.com")).toBe(false);
  const named = alertSample({ subject: { kind: "agent", id: "a", name: "<img src=x>**b**" } });
  const card = connectorCard(toldOf(messageSample({ firing: [named] })).brief);
  expect(card.sections[0]?.activityTitle).toBe("<b>Offline &#60;img src=x&#62;**b**</b>");
});

test("Slack: what people named takes no formatting, and calls nobody", () => {
  const named = alertSample({ subject: { kind: "agent", id: "a", name: "*b* <!channel> & <@U1>" } });
  const text = JSON.stringify(slackBlocks(toldOf(messageSample({ firing: [named] }, { actions })).brief));
  expect(text).toContain("*b* &lt;!channel&gt; &amp; &lt;@U1&gt;");
  expect(text).not.toMatch(/<[!@]/);
  expect(text).toContain(`<${actions.acknowledge}|Acknowledge>`);
});
