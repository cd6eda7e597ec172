import { AdaptiveCard, SerializationContext } from "adaptivecards";
import { expect, test } from "vitest";
import type { Alert } from "@/contracts/watch/alert";

import type { TeamsMessage } from "./card-elements";
import { alertMessage, testMessage } from "./teams-card";

const alert: Alert = {
  id: "alr_1",
  ruleId: "rul_1",
  ruleName: "Any agent is offline",
  kind: "offline",
  severity: "critical",
  state: "firing",
  agentId: "agt_1",
  agentName: "indexer",
  group: "search",
  host: "web-1",
  since: "2026-11-21T04:24:26.000Z",
  firedAt: "2026-11-21T04:24:33.000Z",
  resolvedAt: null,
  resolution: null,
  lastKnown: "Last task: nightly index",
  status: "offline",
  acknowledgedBy: null,
  acknowledgedAt: null,
};
const consoleUrl = "https://control.example.com";

/** What the service's own parser has to say, and what it has read. */
function parse(message: TeamsMessage) {
  expect(message.type).toBe("message");
  expect(message.attachments).toHaveLength(1);
  const [attachment] = message.attachments;
  expect(attachment).toMatchObject({
    contentType: "application/vnd.microsoft.card.adaptive",
    contentUrl: null,
  });
  const context = new SerializationContext();
  const card = new AdaptiveCard();
  card.parse(JSON.parse(JSON.stringify(attachment?.content)), context);
  const faults = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  expect(faults).toEqual([]);
  expect(card.validateProperties().validationEvents).toEqual([]);
  return card;
}

test("tells status, agent, group, host, since when, the last thing known, the rule, and where to look", () => {
  const message = alertMessage(alert, "firing", consoleUrl);
  const card = parse(message);
  expect(card.version.toString()).toBe("1.4");
  expect(card.getItemCount()).toBe(7);
  const text = JSON.stringify(message);
  const told = [
    "Offline ",
    "indexer",
    "search",
    "web-1",
    "2026-11-21 04:24:26 UTC",
    "nightly index",
    "Any agent is offline",
  ];
  for (const part of told) expect(text).toContain(part);
  expect(message.attachments[0]?.content.actions).toEqual([
    {
      type: "Action.OpenUrl",
      title: "Open in Mission Control",
      url: "https://control.example.com/agents/agt_1",
    },
  ]);
});

test("resolved says how long it lasted and why it is over", () => {
  const ended = { ...alert, resolvedAt: "2026-11-21T04:28:30.000Z", resolution: "Back online after 4 min" };
  const text = JSON.stringify(alertMessage(ended, "resolved", consoleUrl));
  for (const part of ["Resolved ", "Back online after 4 min", "2026-11-21 04:28:30 UTC (4 min)"])
    expect(text).toContain(part);
});

test("any text gives a valid card below 28 KB, and no text becomes markup", () => {
  const nasty = [
    "<script>alert(1)</script>",
    "**bold** [click](https://evil.example) ![x](y) `code` # h",
    "{{DATE(2026-11-21T00:00:00Z, SHORT)}} {{ TIME(x) }}",
    "🦊".repeat(2_500),
    "\u0000\u001b[31m\u202egnp\ud800",
    "a\n\n- b\r\n1. c",
    '\\"'.repeat(5_000),
    "",
  ];
  for (const text of nasty) {
    const twisted = {
      ...alert,
      agentName: text,
      group: text,
      host: text,
      lastKnown: text,
      ruleName: text,
      resolution: text,
    };
    for (const event of ["firing", "resolved"] as const) {
      const message = alertMessage(
        { ...twisted, agentId: text.slice(0, 20).replace(/\ud800/, "") },
        event,
        consoleUrl,
      );
      parse(message);
      const json = JSON.stringify(message);
      expect(Buffer.byteLength(json)).toBeLessThan(28 * 1_024);
      expect(json).not.toContain(`"TextBlock"`);
      expect(json).not.toContain("{{DATE");
      expect(json.isWellFormed()).toBe(true);
    }
  }
});

test("the test card is valid", () => {
  parse(testMessage({ channel: "**Ops**", by: "Mira", at: new Date("2026-11-21T04:24:26Z"), consoleUrl }));
});
