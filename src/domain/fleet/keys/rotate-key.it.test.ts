import { afterAll, beforeAll, expect, it } from "vitest";
import { createAgent } from "@/domain/fleet/agents";
import { sha256Hex } from "@/platform/crypto";
import { type AgentServer, startAgentServer } from "@/testing/agent-server";
import { eventually } from "@/testing/eventually";
import { personCtx } from "@/testing/ground";
import { findAgentByKey } from "./find-agent-by-key";
import { findKeys } from "./find-keys";
import { revokeKey } from "./revoke-key";
import { rotateKey } from "./rotate-key";

let server: AgentServer;
beforeAll(async () => {
  server = await startAgentServer();
});
afterAll(() => server.stop());
const ctx = () => personCtx(server.ground);
const later = (ms: number) => {
  const at = new Date(Date.now() + ms);
  return { ...server.ground, clock: { ...server.ground.clock, now: () => at } };
};

async function anAgent(name: string) {
  const { id, key } = await createAgent(ctx(), { name });
  const [first] = await findKeys(ctx(), id);
  return { id, key, keyId: first?.id ?? "" };
}

it("keeps the id and the old secret until the new one is used, and says when and from where", async () => {
  const { id, key, keyId } = await anAgent("until used");
  const rotated = await rotateKey(ctx(), id, keyId, {});
  expect(rotated).toMatchObject({ id: keyId, previous: { prefix: key.slice(0, 10), endsAt: null } });
  expect(rotated.key).not.toBe(key);
  const old = server.agent({ key });
  await old.connect();
  await expect(rotateKey(ctx(), id, keyId, {})).rejects.toThrow(/still good/);
  await server.agent({ key: rotated.key }).connect();
  expect((await findKeys(ctx(), id))[0]).toMatchObject({ id: keyId, prefix: rotated.prefix, previous: null });
  await expect(server.agent({ key }).connect()).rejects.toMatchObject({ code: "bad-key" });
  await eventually(async () => {
    const used = { lastUsedAt: expect.any(String), lastUsedFrom: "127.0.0.1" };
    return expect((await findKeys(ctx(), id))[0]).toMatchObject(used);
  });
});

it("ends the old secret at the chosen time, over HTTP too", async () => {
  const { id, key, keyId } = await anAgent("by time");
  const rotated = await rotateKey(ctx(), id, keyId, { overlapMinutes: 60 });
  await server.agent({ key: rotated.key }).connect();
  expect(await findAgentByKey(server.ground, sha256Hex(key))).toMatchObject({ agentId: id });
  const past = later(61 * 60_000);
  expect(await findAgentByKey(past, sha256Hex(key))).toBeNull();
  expect(await findAgentByKey(past, sha256Hex(rotated.key))).toMatchObject({ agentId: id });
});

it("ends it at once without overlap, and a revocation ends both", async () => {
  const { id, key, keyId } = await anAgent("at once");
  const agent = server.agent({ key });
  await agent.connect();
  const rotated = await rotateKey(ctx(), id, keyId, { overlapMinutes: 0 });
  await eventually(() => agent.closed);
  await expect(agent.connect()).rejects.toMatchObject({ code: "bad-key" });
  const again = await rotateKey(ctx(), id, keyId, { overlapMinutes: 60 });
  await revokeKey(ctx(), id, keyId);
  for (const secret of [rotated.key, again.key]) {
    await expect(server.agent({ key: secret }).connect()).rejects.toMatchObject({ code: "revoked-key" });
  }
  await expect(rotateKey(ctx(), id, keyId, {})).rejects.toThrow(/revoked/);
});
