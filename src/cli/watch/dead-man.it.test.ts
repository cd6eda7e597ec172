import { afterAll, beforeAll, expect, test } from "vitest";
import { writeTurn } from "@/domain/watch/turns";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { buildMc, type McCommand } from "@/testing/mc-command";

let server: ApiServer;
let mc: McCommand;
beforeAll(async () => {
  server = await startApiServer();
  mc = await buildMc({ MC_URL: server.url, MC_API_TOKEN: (await server.person("admin")).token });
});
afterAll(async () => {
  await mc.close();
  await server.stop();
});

test("mc dead-man sets, shows, tests and ends the ping", async () => {
  expect((await mc.run(["dead-man", "show"])).out).toContain("No address is set");
  const set = await mc.run(["dead-man", "set", "https://ping.invalid/abcdefghijklmnop", "--every", "30"]);
  expect(set, set.err).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Every 30 s to https:\/\/ping\.invalid/),
  });
  expect(set.out).not.toContain("abcdef");
  expect(await mc.run(["dead-man", "test"])).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^NOT TAKEN/),
  });
  expect(await mc.run(["dead-man", "set", "--every", "5"])).toMatchObject({ code: 2 });
  expect((await mc.run(["dead-man", "off"])).out).toContain("is kept");
  expect((await mc.run(["dead-man", "off", "--forget"])).out).toContain("No address is set");
}, 120_000);

test("mc watch-health says how far behind we are, and fails when that is too far", async () => {
  const { db, clock } = server.ground;
  await writeTurn(db, "evaluate", clock.now(), { lagMs: 90_000, backlog: 0 });
  const late = await mc.run(["watch-health"]);
  expect(late).toMatchObject({
    code: 1,
    out: expect.stringContaining("FAULT  Rules are evaluated 1 min late"),
  });
});
