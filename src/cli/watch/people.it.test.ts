import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ensureInboxes } from "@/domain/watch/channels";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { addAlertRow, addRuleRow } from "@/testing/firing-alert";
import { buildMc, type McCommand } from "@/testing/mc-command";
import { openGroup } from "@/testing/outbox";

// Each call starts the command anew, and there are many.
vi.setConfig({ testTimeout: 120_000 });

let server: ApiServer;
let command: McCommand;
let operator: { id: string; token: string };
beforeAll(async () => {
  server = await startApiServer();
  operator = await server.person("operator");
  command = await buildMc({ MC_URL: server.url, MC_API_TOKEN: operator.token });
});
afterAll(async () => {
  await command.close();
  await server.stop();
});

const mc = (...args: string[]) => command.run(args);

test("mc alerts: from the list to the story, with the exit codes of what was refused", async () => {
  const rule = await addRuleRow(server.ground);
  const one = await addAlertRow(server.ground, rule, { subjectName: "doc-indexer" });
  const over = await addAlertRow(server.ground, rule, { state: "resolved", resolvedAt: new Date() });
  const listed = await mc("alerts", "list", "--state", "firing", "--no-acknowledged", "--json");
  expect(JSON.parse(listed.out), listed.err).toMatchObject([
    { id: one.id, subject: { name: "doc-indexer" } },
  ]);
  expect((await mc("alerts", "list")).out).toMatch(/firing +warning +doc-indexer/);
  const inhibited = await mc("alerts", "inhibited", "--json");
  expect(JSON.parse(inhibited.out), inhibited.err).toEqual([]);

  const acked = await mc("alerts", "ack", one.id, over.id, "--note", "on it");
  expect(acked).toMatchObject({
    code: 1,
    out: expect.stringContaining("doc-indexer: Agent is offline: acknowledged"),
  });
  const mine = await mc("alerts", "list", "--mine", "--json");
  expect(JSON.parse(mine.out), mine.err).toMatchObject([{ id: one.id }]);
  expect(acked.err).toContain(`${over.id}: This alert has resolved meanwhile`);
  expect(await mc("alerts", "ack", "alr_none")).toMatchObject({ code: 4 });
  expect((await mc("alerts", "assign", one.id, "--to", operator.id)).out).toContain(
    "assigned to Test operator",
  );
  expect(await mc("alerts", "assign", one.id, "--to", "Nemo")).toMatchObject({ code: 4 });
  expect((await mc("alerts", "snooze", one.id, "--for", "2h")).out).toContain("quiet until 20");
  expect((await mc("alerts", "snooze", one.id, "--end")).out).toContain("told again");
  expect(await mc("alerts", "snooze", one.id, "--for", "soon")).toMatchObject({ code: 2 });
  expect((await mc("alerts", "comment", one.id, "it", "is", "the", "disk")).out).toContain("it is the disk");
  expect(await mc("alerts", "unack", one.id)).toMatchObject({ code: 0 });

  const shown = await mc("alerts", "show", one.id);
  expect(shown.out).toMatch(/acknowledged: on it\n.* assigned to Test operator\n.* snoozed until /);
  expect(shown.out).toContain("commented: it is the disk");
  expect(JSON.parse((await mc("alerts", "show", one.id, "--json")).out)).toMatchObject({
    alert: { id: one.id },
  });
  expect(shown.out, "it stands in no group yet").not.toContain("next:");
  await ensureInboxes(server.ground);
  const { db } = server.ground;
  const groupId = await openGroup(server.ground);
  await db.sql`update alert_groups set route_id = 'root' where id = ${groupId}`;
  await db.sql`insert into group_alerts (group_id, alert_id, joined_at) values (${groupId}, ${one.id}, now())`;
  expect((await mc("alerts", "show", one.id)).out).toMatch(/Z {2}next: message to Inbox \(firing\)\n$/);
  await mc("alerts", "snooze", one.id, "--for", "2h");
  expect((await mc("alerts", "show", one.id)).out).toMatch(/ {24} {2}next: snooze held: .*\(until 20.*Z\)/);
  const viewer = await server.person("viewer");
  expect(await command.run(["alerts", "ack", one.id], { MC_API_TOKEN: viewer.token })).toMatchObject({
    code: 3,
  });
});

test("mc silences and mc maintenance: made, listed, ended", async () => {
  const made = await mc(
    "silences",
    "add",
    "--match",
    "group=web",
    "severity!=critical",
    "--reason",
    "patching",
    "--json",
  );
  expect(JSON.parse(made.out), made.err).toMatchObject({
    state: "active",
    matchers: [
      { label: "group", op: "=", value: "web" },
      { label: "severity", op: "!=", value: "critical" },
    ],
  });
  expect((await mc("silences", "list")).out).toContain("group=web severity!=critical");
  const { id } = JSON.parse(made.out) as { id: string };
  expect((await mc("silences", "end", id)).code).toBe(0);
  expect(await mc("silences", "end", "sil_none")).toMatchObject({ code: 4 });
  expect(await mc("silences", "add", "--match", "group", "--reason", "x")).toMatchObject({ code: 2 });
  const wrong = await mc("silences", "add", "--match", "agent=~web-[", "--reason", "x");
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining("not a regular expression") });

  const nightly = await mc(
    ...["maintenance", "add", "--match", "tag=nightly", "--reason", "backups", "--days", "sat-mon"],
    ...["--hours", "22:00-02:00", "--zone", "Europe/Berlin", "--json"],
  );
  expect(JSON.parse(nightly.out), nightly.err).toMatchObject({
    kind: "maintenance",
    endsAt: null,
    schedule: { days: [1, 6, 7], from: "22:00", to: "02:00", zone: "Europe/Berlin" },
  });
  const once = await mc(
    ...["maintenance", "add", "--match", "host=web-1", "--reason", "new disk"],
    ...["--from", "2099-03-01T22:00:00+01:00", "--for", "2h", "--json"],
  );
  expect(JSON.parse(once.out), once.err).toMatchObject({
    state: "upcoming",
    startsAt: "2099-03-01T21:00:00.000Z",
    endsAt: "2099-03-01T23:00:00.000Z",
  });
  expect(await mc("maintenance", "add", "--match", "host=web-1", "--reason", "x")).toMatchObject({ code: 2 });
});
