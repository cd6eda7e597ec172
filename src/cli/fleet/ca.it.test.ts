import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAgent, findAgent } from "@/domain/fleet/agents";
import { type AgentTlsServer, startAgentTlsServer } from "@/testing/agent-tls-server";
import { eventually } from "@/testing/eventually";
import { personCtx } from "@/testing/ground";
import { buildMc, type McCommand } from "@/testing/mc-command";

let server: AgentTlsServer;
let mc: McCommand;
beforeAll(async () => {
  server = await startAgentTlsServer();
  mc = await buildMc({ MC_URL: server.url, MC_API_TOKEN: (await server.person("admin")).token });
});
afterAll(async () => {
  await mc.close();
  await server.stop();
});

test("mc ca issues what mc run comes in with, and a revocation is told to it", async () => {
  const { id } = await createAgent(personCtx(server.ground), { name: "by certificate" });
  const shown = await mc.run(["ca", "show"]);
  expect(shown).toMatchObject({ code: 0, err: "" });
  expect(shown.out.trim()).toBe(server.ca.trim());
  const issued = await mc.run(["ca", "issue", "by certificate", "--out", "tls", "--days", "7"]);
  expect(issued.code, issued.err).toBe(0);
  const file = (name: string) => join(mc.home, "tls", name);
  expect(statSync(file("agent.key")).mode & 0o777).toBe(0o600);
  expect(readFileSync(file("agent.crt"), "utf8")).toContain("BEGIN CERTIFICATE");
  expect(issued.out).not.toContain("PRIVATE KEY");
  const issue = (out: string) => mc.run(["ca", "issue", "by certificate", "--out", out]);
  expect(await issue("tls")).toMatchObject({
    code: 2,
    err: "tls/agent.key is there already; name another folder. Nothing was issued.\n",
  });
  expect(await issue("tls/agent.crt")).toMatchObject({
    code: 2,
    err: "tls/agent.crt can't be written: a file of that name is there.\n",
  });
  const [, another] = JSON.parse((await mc.run(["ca", "list", "by certificate", "--json"])).out);
  expect(another, "what can't be written is not issued").toBeUndefined();

  const files = ["--cert", file("agent.crt"), "--key", file("agent.key"), "--ca", file("ca.crt")];
  const program = ["--", process.execPath, "-e", "setInterval(() => {}, 1000)"];
  const run = mc.start(["run", "--url", server.tlsUrl, ...files, ...program]);
  await eventually(async () => (await findAgent(personCtx(server.ground), id)).status === "online");
  expect(run.err()).toContain('as "by certificate"');

  const { serial } = await eventually(async () => {
    const listed = await mc.run(["ca", "list", "by certificate", "--json"]);
    const [certificate] = JSON.parse(listed.out);
    return certificate.lastUsedFrom === "127.0.0.1" ? certificate : null;
  });
  expect((await mc.run(["ca", "revoke", "by certificate", serial])).code).toBe(0);
  await eventually(() => run.err().includes("revoked-key"));
  run.process.kill("SIGTERM");
  await run.ended;
});

test("mc agent keys lists and rotates; a file that is not there is told before anything starts", async () => {
  await createAgent(personCtx(server.ground), { name: "by key" });
  const [key] = JSON.parse((await mc.run(["agent", "keys", "by key", "--json"])).out);
  const rotated = await mc.run(["agent", "keys", "by key", "--rotate", key.id, "--overlap", "1h", "--json"]);
  expect(JSON.parse(rotated.out)).toMatchObject({ id: key.id, previous: { prefix: key.prefix } });
  expect((await mc.run(["agent", "keys", "by key"])).out).toContain(`${key.prefix} until`);
  const missing = await mc.run(["run", "--cert", "nowhere.crt", "--", "true"]);
  expect(missing).toMatchObject({ code: 2, err: expect.stringContaining("nowhere.crt can't be read") });
});
