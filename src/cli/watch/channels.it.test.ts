import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureInboxes } from "@/domain/watch/channels";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { buildMc, type McCommand } from "@/testing/mc-command";
import { openGroup, queueMessage, writeAlerts } from "@/testing/outbox";
import { startTeamsServer, type TeamsServer } from "@/testing/teams-server";

let server: ApiServer;
let command: McCommand;
let service: TeamsServer;
beforeAll(async () => {
  service = await startTeamsServer();
  server = await startApiServer({ settings: { MC_OUTBOUND_ALLOW: "127.0.0.1" } });
  await ensureInboxes(server.ground);
  const admin = await server.person("admin");
  command = await buildMc({ MC_URL: server.url, MC_API_TOKEN: admin.token });
});
afterAll(async () => {
  await command.close();
  await server.stop();
  await service.stop();
});

const mc = (...args: string[]) => command.run(args);

test("mc channels, notifications and inbox: from nothing to a message in the inbox", {
  timeout: 120_000,
}, async () => {
  expect((await mc("channels", "list")).out).toMatch(/Inbox +inbox +everybody +on/);
  const url = service.url("/own-with-a-long-secret");
  const made = await mc("channels", "create", "Own", "--kind", "webhook", "--address", url);
  expect(made.out, made.err).toMatch(/not shown again: mcw_/);
  expect((await mc("channels", "list")).out).not.toContain("own-with-a-long");
  const listed = JSON.parse((await mc("channels", "list", "--json")).out) as { id: string; kind: string }[];
  const idOf = (kind: string) => listed.find((channel) => channel.kind === kind)?.id ?? "";
  expect((await mc("channels", "test", idOf("webhook"))).out).toContain("Delivered in");
  await service.script("/own-with-a-long-secret", [{ kind: "answer", status: 500 }]);
  expect(await mc("channels", "test", idOf("webhook"))).toMatchObject({ code: 1 });
  expect((await mc("channels", "off", idOf("webhook"))).out).toContain("Own is off");
  expect((await mc("channels", "retry", idOf("webhook"))).out).toContain("0 messages");
  const [firing, waiting] = await writeAlerts(server.ground, ["a", "b"]);
  const groupId = await openGroup(server.ground);
  const queued = { channelId: idOf("webhook"), groupId };
  const lost = await queueMessage(server.ground, { ...queued, firing: [firing ?? ""] });
  await server.ground.db.sql`update notifications set state = 'dead', attempts = 8 where id = ${lost}`;
  await queueMessage(server.ground, { ...queued, firing: [waiting ?? ""] });
  expect((await mc("channels", "list")).out).toMatch(/Own .* off, 1 waiting, 1 given up /);
  expect(await mc("channels", "create", "Bad", "--kind", "slack", "--address", "ftp://x")).toMatchObject({
    code: 2,
  });
  expect(
    await mc("channels", "create", "Bad", "--kind", "teams", "--address", url, "--secret", "s3cret"),
  ).toMatchObject({ code: 2, err: "A channel of kind teams has no --secret; it takes --address.\n" });
  expect((await mc("channels", "test", idOf("inbox"))).out).toContain("Delivered");
  expect((await mc("inbox", "--read")).out).toMatch(/new +info +Test Mission Control.*\n0 are unread\.\n$/);
  expect((await mc("inbox")).out).toContain("0 are unread");
  expect(await mc("inbox", "--limit", "x")).toMatchObject({
    code: 2,
    err: expect.stringContaining("argument 'x' is invalid. That is no whole number: give 1 or more."),
  });
  expect((await mc("notifications", "list")).out).toContain("LAST ANSWER");
  expect(await mc("notifications", "show", "ntf_none")).toMatchObject({ code: 4 });
  expect((await mc("channels", "delete", idOf("webhook"))).out).toContain("gone");
});
