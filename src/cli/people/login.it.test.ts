import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createUser } from "@/domain/people/users";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { personCtx } from "@/testing/ground";
import { buildMc, type McCommand } from "@/testing/mc-command";

const email = "operator@example.com";
const password = "Correct-Horse-42-Battery";
let server: ApiServer;
let mc: McCommand;
let file: string;
beforeAll(async () => {
  server = await startApiServer();
  mc = await buildMc({ MC_URL: server.url });
  file = join(mc.home, "mission-control", "profile.json");
  await createUser(personCtx(server.ground), { email, name: "Op", role: "admin", password });
});
beforeEach(() => rmSync(file, { force: true }));
afterAll(async () => {
  await mc.close();
  await server.stop();
});

const login = (env: Record<string, string> = {}) =>
  mc.run(["login", "--email", email], { MC_PASSWORD: password, ...env });
const kept = () => JSON.parse(readFileSync(file, "utf8"));

test("a password becomes a token that only its owner can read, and that logout revokes", async () => {
  expect(await login()).toMatchObject({ code: 0, out: expect.stringContaining(file) });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(file, "..")).mode & 0o777).toBe(0o700);
  const { token } = kept();
  expect(readFileSync(file, "utf8")).not.toContain(password);
  expect((await mc.run(["agents", "list"])).code).toBe(0);

  expect(await mc.run(["logout"])).toMatchObject({ code: 0, err: "" });
  expect(await mc.run(["agents", "list", "--token", token])).toMatchObject({ code: 3 });
  expect(await mc.run(["logout"])).toMatchObject({ code: 0, out: "Nobody was signed in.\n" });
});

test("a profile that all could read is narrowed, and its token goes to its own server only", async () => {
  await login();
  writeFileSync(file, "{ broken", { mode: 0o644 });
  expect((await mc.run(["agents", "list"])).code).toBe(3);
  await login();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const elsewhere = server.url.replace("127.0.0.1", "localhost");
  expect(await mc.run(["agents", "list", "--url", elsewhere])).toMatchObject({ code: 3 });
});

test("an address that was named means a password, whatever lies in the environment", async () => {
  expect(await login({ MC_API_TOKEN: "mct_wrong" })).toMatchObject({ code: 0 });
});

test("nothing is kept when it fails, and a failure never looks like success", async () => {
  const wrong = await login({ MC_PASSWORD: "not-the-password" });
  expect(wrong).toMatchObject({ code: 3, err: expect.stringContaining("do not fit together") });
  const empty = await mc.run(["login", "--email", email]);
  expect(empty).toMatchObject({ code: 2, err: expect.stringContaining("Nothing was typed") });
  expect(await mc.run(["login", "--token", "mct_wrong"])).toMatchObject({ code: 3 });
  expect(
    await mc.run(["login", "--email", email, "--url", "http://127.0.0.1:1"], { MC_PASSWORD: "x" }),
  ).toMatchObject({ code: 1, err: expect.stringContaining("does not answer") });
  expect(() => statSync(file)).toThrow("ENOENT");
});

test("a token that was made is kept, also when the session for it can't be ended", async () => {
  const gateway = createServer((incoming, outgoing) => {
    if (incoming.url === "/v1/auth/logout") {
      outgoing.writeHead(502).end();
      return;
    }
    const { method, headers } = incoming;
    const onward = request(server.url + incoming.url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
  const made = await login({ MC_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}` });
  gateway.close();
  expect(made, made.err).toMatchObject({ code: 0, err: "" });
  expect(kept().token).toMatch(/^mct_/);
});

test("logout of a token that was revoked elsewhere is no failure", async () => {
  await login();
  const { token, tokenId } = kept();
  await mc.run(["tokens", "revoke", tokenId, "--token", token]);
  const out = await mc.run(["logout"]);
  expect(out).toMatchObject({ code: 0, err: "", out: expect.stringContaining("did not work any more") });
});

test("logout says so when the server can't take the token back", async () => {
  await login();
  writeFileSync(file, JSON.stringify({ ...kept(), url: "http://127.0.0.1:1" }));
  const out = await mc.run(["logout"]);
  expect(out).toMatchObject({
    code: 0,
    err: expect.stringContaining("could not be revoked and may still work"),
  });
  expect(() => statSync(file)).toThrow("ENOENT");
});
