import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { AlertPolicy } from "@/contracts/watch/policy";
import { ensureDefaultPolicies } from "@/domain/watch/telling/policy";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { buildMc, type McCommand } from "@/testing/mc-command";

let server: ApiServer;
let command: McCommand;
beforeAll(async () => {
  server = await startApiServer();
  await ensureDefaultPolicies(server.ground);
  const admin = await server.person("admin");
  command = await buildMc({ MC_URL: server.url, MC_API_TOKEN: admin.token });
});
afterAll(async () => {
  await command.close();
  await server.stop();
});

const mc = (...args: string[]) => command.run(["routes", ...args]);

test("mc routes: shown, tried out, changed from a file, brought back", async () => {
  const shown = await mc("show");
  expect(shown.out, shown.err).toContain("Version 1,");
  expect(shown.out).toContain("Critical [critical]: severity=critical → at once; news every 30s");
  expect((await mc("test", "severity=critical", "tag=prod,eu")).out).toContain("Critical: nobody");
  expect(await mc("test", "severity")).toMatchObject({ code: 2 });

  const begin = await mc("edit", "--print");
  const policy = parse(begin.out) as AlertPolicy;
  policy.root.waitMs = 60_000;
  const file = join(command.home, "routes.yaml");
  await writeFile(file, stringify(policy));
  expect(await mc("edit", "--file", file)).toMatchObject({ code: 0, out: "Changed: version 2.\n" });
  expect((await mc("edit", "--file", file)).out).toBe("Nothing has changed.\n");
  expect((await mc("show")).out).toContain("gathers 1m");

  await writeFile(file, stringify({ ...policy, root: { ...policy.root, channelIds: ["chn_none"] } }));
  const refused = await mc("edit", "--file", file);
  expect(refused).toMatchObject({
    code: 2,
    err: expect.stringContaining("names a channel that does not exist"),
  });
  await writeFile(file, "root: 3");
  expect(await mc("edit", "--file", file)).toMatchObject({ code: 2 });
  expect(await mc("edit")).toMatchObject({ code: 2, err: expect.stringContaining("--file") });

  expect((await mc("restore", "1")).out).toBe("Version 1 is back, as version 3.\n");
  expect((await mc("history")).out.split("\n")).toHaveLength(5);
  expect(await mc("restore", "9")).toMatchObject({ code: 4 });
});
