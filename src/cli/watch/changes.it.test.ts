import { afterAll, beforeAll, expect, test } from "vitest";
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

/** Each of them starts a process of its own several times. */
const timeout = 120_000;
const json = async (...args: string[]) => {
  const { code, out, err } = await mc.run([...args, "--json"]);
  expect(code, err).toBe(0);
  return JSON.parse(out);
};

test("a silence is previewed, made, shown and changed; what is not said stays", { timeout }, async () => {
  const preview = await mc.run(["silences", "preview", "--match", "group=web"]);
  expect(preview).toMatchObject({ code: 0, out: "group=web fits 0 of the alerts that fire now.\n" });
  const made = await json("silences", "add", "--match", "group=web", "--reason", "we look at it");
  const changed = await json("silences", "change", made.id, "--reason", "we mend it");
  expect(changed).toEqual({ ...made, reason: "we mend it" });
  const long = await mc.run(["silences", "change", made.id, "--for", "99999999999d"]);
  expect(long).toMatchObject({ code: 2, err: expect.stringContaining("Give a duration such as 90s") });
  const endsAt = "2100-01-01T00:00:00.000Z";
  expect(await json("silences", "change", made.id, "--until", endsAt)).toMatchObject({ endsAt });
  expect((await mc.run(["silences", "show", made.id])).out).toContain("silence by of admin: we mend it");
  expect(await mc.run(["silences", "change", made.id])).toMatchObject({ code: 2 });
  const { endedAt } = await json("silences", "end", made.id);
  expect((await mc.run(["silences", "show", made.id])).out).toContain(`group=web: ended ${endedAt}\n`);
  expect(await mc.run(["silences", "show", "sil_none"])).toMatchObject({ code: 4 });
});

test("a channel gets another name, address, words and rate, one at a time", { timeout }, async () => {
  const first = "https://first.invalid/with-a-long-secret";
  const made = await json("channels", "create", "Ops", "--kind", "slack", "--address", first);
  const change = (...args: string[]) => json("channels", "change", made.id, ...args);
  const { secret: _, ...before } = made;
  expect(await change("--name", "On call")).toEqual({ ...before, name: "On call" });
  const elsewhere = await change("--address", "https://second.invalid/with-a-long-secret");
  expect(elsewhere.target).toContain("second.invalid");
  expect(await change("--title", "{{title}}!")).toMatchObject({
    template: { title: "{{title}}!", body: null },
  });
  expect(await change("--body", "{{summary}}")).toMatchObject({
    template: { title: "{{title}}!", body: "{{summary}}" },
  });
  expect(await change("--our-words", "--per-minute", "5")).toMatchObject({ template: null, perMinute: 5 });
  expect(await change("--no-per-minute")).toMatchObject({ name: "On call", perMinute: null });
  expect(await mc.run(["channels", "change", made.id])).toMatchObject({ code: 2 });
  for (const two of [
    ["--address", first, "--to", "a@example.com"],
    ["--address", first, "--role", "admin"],
    ["--to", "a@example.com", "--role", "admin"],
    ["--our-words", "--title", "x"],
    ["--our-words", "--body", "x"],
  ]) {
    const refused = await mc.run(["channels", "change", made.id, ...two]);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("cannot be used with") });
  }
  expect(await mc.run(["channels", "change", "chn_none", "--name", "x"])).toMatchObject({ code: 4 });
  const preview = await mc.run(["channels", "preview", "--kind", "slack", "--title", "Look: {{title}}"]);
  expect(preview, preview.err).toMatchObject({ code: 0, out: expect.stringMatching(/^Look: /) });
});
