import { AdaptiveCard, SerializationContext } from "adaptivecards";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Alert } from "@/contracts/watch/alert";
import { messageSample } from "@/testing/message-sample";
import { alertSample } from "@/testing/outbox";
import type { Message } from "../message";
import { tellableOf, tellableTest } from "../tellable";
import type { TeamsMessage } from "./card-elements";
import { email } from "./email";
import { inboxRow } from "./inbox-row";
import { slackBlocks, slackLimits } from "./slack-blocks";
import { teamsCard } from "./teams-card";
import { connectorCard } from "./teams-connector";
import { mostWebhookBytes } from "./webhook-body";
import { ampleLimits } from "./words";

const consoleUrl = "https://control.example.com";

/** Whatever a name may be: any Unicode, halves of pairs, controls, right to left, functions of clients, markup, endless. */
const nasty = [
  "",
  "<script>alert(1)</script>",
  "**bold** [click](https://evil.example) ![x](y) `code` # h",
  "{{DATE(2026-11-21T00:00:00Z, SHORT)}} {{ TIME(x) }} {{title}} $" + "{a}",
  "\u0000\u001b[31m\u202egnp\ud800 \udc00 \ufeff",
  "مرحبا بالعالم שלום",
  "a\r\nBcc: evil@example.com\n\n- b\r\n1. c",
  "& < > \" ' <!channel> <@U1> &amp; | \\",
];
const text = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.constantFrom("🦊", '\\"', "&", "\u0001", "߷", "a ").map((unit) => unit.repeat(100_000 / unit.length)),
);
const orNull = fc.option(text);
const alert: fc.Arbitrary<Alert> = fc
  .record({
    id: fc.constantFrom("alr_1", "alr_2"),
    ruleName: text,
    name: text,
    group: orNull,
    host: orNull,
    summary: text,
    resolution: orNull,
    lastKnown: orNull,
    runbook: orNull,
    acknowledgedBy: orNull,
    labels: fc.dictionary(fc.constantFrom("team", "tier", "constructor"), text),
    tags: fc.array(text, { maxLength: 3 }),
    kind: fc.constantFrom("agent" as const, "host" as const),
  })
  .map(({ name, kind, ...over }) => alertSample({ ...over, subject: { kind, id: "x", name } }));
const some = fc.array(alert, { maxLength: 3 });
const message: fc.Arbitrary<Message> = fc
  .record({
    firing: some,
    resolved: some,
    still: some,
    title: text,
    more: fc.nat(20_000),
    group: text,
    first: text,
  })
  .map(({ firing, resolved, still, title, more, group, first }) => {
    const told = messageSample({ firing, resolved, still });
    const counts = { ...told.counts, firing: told.counts.firing + (firing.length > 1 ? more : 0) };
    return { ...told, title, counts, groupLabels: { group }, thread: { id: "ntf_0", title: first } };
  });
const template = fc.option(
  fc.record({
    title: fc.option(fc.constantFrom("{{subject}} {{label.team}} **x**", "{{title}}{{title}}", "fixed <b>")),
    body: fc.option(
      fc.constantFrom(
        "{{summary}}\n{{lastKnown}}\n{{group}} {{runbook}}",
        "{{link}}\n".repeat(100),
        "{{label.constructor}}",
      ),
    ),
  }),
);

/** What the service's own parser has to say of a card. */
function faultsOf(sent: TeamsMessage): string[] {
  const context = new SerializationContext();
  const card = new AdaptiveCard();
  card.parse(JSON.parse(JSON.stringify(sent.attachments[0]?.content)), context);
  const faults = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  const events = card.validateProperties().validationEvents.map((event) => event.message);
  expect(card.version.toString()).toBe("1.4");
  return [...faults, ...events];
}

const runs = { numRuns: 150 };
const each = (check: (told: ReturnType<typeof tellableOf>) => void) =>
  fc.assert(
    fc.property(message, template, (some, words) => check(tellableOf(some, words, consoleUrl))),
    runs,
  );

test("any text gives an Adaptive Card without faults, below 28 KB, in which no text becomes markup", () => {
  each((told) => {
    const card = teamsCard(told.brief);
    expect(faultsOf(card)).toEqual([]);
    const json = JSON.stringify(card);
    expect(Buffer.byteLength(json)).toBeLessThan(28 * 1_024);
    expect(json).not.toContain('"TextBlock"');
    expect(json).not.toMatch(/\{\{\s*(DATE|TIME)/i);
    expect(json.isWellFormed()).toBe(true);
  });
});

test("any text gives a connector card below 28 KB whose only markup is ours", () => {
  each((told) => {
    const card = connectorCard(told.brief);
    const json = JSON.stringify(card);
    expect(Buffer.byteLength(json)).toBeLessThan(28 * 1_024);
    expect(card.sections.every(({ markdown }) => markdown === false)).toBe(true);
    const shown = card.sections
      .map(({ text: said = "", activityTitle = "" }) => said + activityTitle)
      .join("");
    expect(shown.replace(/<\/?b>|<br>/g, "")).not.toMatch(/[<>]/);
  });
});

test("any text stays within Slack's limits and calls nobody", () => {
  each((told) => {
    const { text: fallback, blocks } = slackBlocks(told.brief);
    expect(blocks.length).toBeLessThanOrEqual(slackLimits.blocks);
    for (const block of blocks) {
      const texts = "fields" in block ? block.fields : [block.text];
      const most = block.type === "header" ? 150 : "fields" in block ? 2_000 : 3_000;
      expect(texts.length).toBeLessThanOrEqual(slackLimits.fields);
      for (const { text: said, type } of texts) {
        expect(said.length).toBeGreaterThan(0);
        expect(said.length).toBeLessThanOrEqual(most);
        expect(said.isWellFormed()).toBe(true);
        if (type === "plain_text") expect(said).not.toMatch(/[<>]|&(?!(amp|lt|gt);)/);
      }
    }
    expect(fallback).not.toMatch(/[<>]/);
  });
});

test("any text gives a mail of two forms whose only markup is ours, and no header of anybody else", () => {
  each((told) => {
    const mail = email(told.brief, told.thread, {
      to: ["a@example.com"],
      consoleUrl,
      ownSubject: told.ownSubject,
    });
    expect(mail.subject).not.toMatch(/[\r\n\u0000]/);
    expect(mail.html).not.toMatch(/<(script|img)/i);
    expect(mail.html.match(/<\/html>/g)).toHaveLength(1);
    expect(`${mail.text}${mail.html}`.isWellFormed()).toBe(true);
    expect(`${mail.text}${mail.html}`).not.toMatch(/\u0000|\u202e/);
    expect(Buffer.byteLength(mail.html)).toBeLessThan(300_000);
  });
});

test("any text gives a webhook's body within its size, and a row of the inbox that fits", () => {
  each((told) => {
    const body = JSON.stringify(told.webhook());
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(mostWebhookBytes);
    expect(JSON.parse(body)).toMatchObject({ version: 1 });
    const row = inboxRow(told.brief(ampleLimits), told.path);
    expect([row.title.length <= 300, row.body.length <= 2_000, row.link.startsWith("/alerts")]).toEqual([
      true,
      true,
      true,
    ]);
    expect(`${row.title}${row.body}`).not.toContain("\u0000");
  });
});

test("full lists of endless names fit as well: they get shorter, and what is left out is counted", () => {
  for (const unit of ["🦊", '\\"', "&", "<", "\u0001x", "W"]) {
    const name = unit.repeat(5_000);
    const full = Array.from({ length: 25 }, (_, index) =>
      alertSample({
        id: `alr_${index}`,
        host: name,
        subject: { kind: "agent", id: "a", name },
        summary: name,
      }),
    );
    const sample = messageSample({ firing: full, resolved: full, still: full }, { title: name });
    const told = tellableOf(sample, null, consoleUrl);
    const card = teamsCard(told.brief);
    expect(faultsOf(card)).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28 * 1_024);
    expect(JSON.stringify(card)).toMatch(/and \d+ more/);
    expect(Buffer.byteLength(JSON.stringify(connectorCard(told.brief)))).toBeLessThan(28 * 1_024);
    expect(Buffer.byteLength(JSON.stringify(told.webhook()))).toBeLessThanOrEqual(mostWebhookBytes);
    for (const block of slackBlocks(told.brief).blocks)
      if ("text" in block) expect(block.text.text.length).toBeLessThanOrEqual(slackLimits.section);
  }
});

test("so is the test's message", () => {
  fc.assert(
    fc.property(text, text, (name, by) => {
      const at = new Date("2026-11-21T04:24:26Z");
      const told = tellableTest({ id: "tst_1", channel: { id: "chn_1", name }, by, at, consoleUrl });
      expect(faultsOf(teamsCard(told.brief))).toEqual([]);
    }),
    runs,
  );
});
