import { afterAll, beforeAll, expect, it } from "vitest";
import { findAgent, removeAgent } from "@/domain/fleet/agents";
import { findCertificates, issueCertificate, revokeCertificate } from "@/domain/fleet/certificates";
import { agentUri } from "@/domain/fleet/certificates/agent-uri";
import { makeKeyPair, signAuthority, signLeaf } from "@/domain/fleet/certificates/signing";
import { findCommands, requestCommands } from "@/domain/fleet/commands";
import { metrics } from "@/platform/metrics";
import { type AgentTlsServer, startAgentTlsServer } from "@/testing/agent-tls-server";
import { eventually } from "@/testing/eventually";
import { personCtx } from "@/testing/ground";
import { sslClient } from "@/testing/openssl";

let server: AgentTlsServer;
beforeAll(async () => {
  server = await startAgentTlsServer();
});
afterAll(() => server.stop());

const ctx = () => personCtx(server.ground);
const yearMs = 365 * 86_400_000;
const past = () => {
  const at = new Date(Date.now() - 2 * yearMs);
  return { ...ctx(), clock: { ...server.ground.clock, now: () => at } };
};
const knock = (identity?: { certificate: string; key: string | null }, args: string[] = [], path?: string) =>
  sslClient({
    port: server.tlsPort,
    ca: server.ca,
    arguments: args,
    ...(identity ? { identity } : {}),
    ...(path ? { path } : {}),
  });
const refusedFor = async (reason: string): Promise<number> => {
  const { values } = (await metrics.getSingleMetric("mc_agent_tls_refused_total")?.get()) ?? { values: [] };
  return values.find(({ labels }) => labels.reason === reason)?.value ?? 0;
};
const tlsOf = (issued: { certificate: string; key: string | null }) => ({
  ca: server.ca,
  cert: issued.certificate,
  key: issued.key ?? "",
});

it("speaks TLS 1.3 and nothing older, and lets a good certificate in", async () => {
  const { issued } = await server.certified("good");
  const good = await knock(issued);
  expect(good.text).toContain("New, TLSv1.3");
  expect(good.text).toContain("Verify return code: 0 (ok)");
  expect(good.text).toContain("HTTP/1.1 200 OK");
  for (const older of ["-tls1_2", "-tls1_1"]) {
    const answer = await knock(issued, [older]);
    expect(answer.code, answer.text).not.toBe(0);
    expect(answer.text).not.toContain("HTTP/1.1");
  }
  expect((await knock(issued, ["-tls1_2"])).text).toMatch(/protocol version/i);
});

it("refuses in the handshake: no certificate, an expired one, a foreign one", async () => {
  const { id } = await server.certified("nobody in");
  expect((await knock()).text).toMatch(/certificate required/i);

  const expired = await issueCertificate(past(), id, { days: 30 });
  expect((await knock(expired)).text).not.toContain("HTTP/1.1");
  await eventually(async () => (await refusedFor("CERT_HAS_EXPIRED")) === 1);

  const validity = { from: new Date(Date.now() - 1_000), to: new Date(Date.now() + yearMs) };
  const stranger = await signAuthority("Mission Control agents", "4a".repeat(16), validity);
  const { pair, keyPem } = await makeKeyPair();
  const forged = await signLeaf(stranger, {
    commonName: id,
    names: [{ type: "url", value: agentUri(id) }],
    use: "client",
    serial: "4b".repeat(16),
    validity,
    publicKey: pair.publicKey,
  });
  const foreign = await knock({ certificate: forged.toString("pem"), key: keyPem });
  expect(foreign.text).not.toContain("HTTP/1.1");
  await eventually(async () => (await refusedFor("UNABLE_TO_VERIFY_LEAF_SIGNATURE")) === 1);
});

it("refuses a revoked certificate from then on, in the handshake and by the table", async () => {
  const { id, issued } = await server.certified("revoked");
  expect((await knock(issued)).text).toContain("HTTP/1.1 200 OK");
  await revokeCertificate(ctx(), id, issued.serial);
  expect((await knock(issued)).text).not.toContain("HTTP/1.1 200 OK");
  await eventually(async () => {
    expect((await knock(issued)).text).not.toContain("HTTP/1.1 200 OK");
    return (await refusedFor("CERT_REVOKED")) > 0;
  });
  await expect(server.agent({ tls: tlsOf(issued) }).connect()).rejects.toThrow();
  const { issued: other } = await server.certified("not revoked");
  expect((await knock(other)).text).toContain("HTTP/1.1 200 OK");
});

it("takes beats and gives commands over mutual TLS, without a key, and says where from", async () => {
  const { id, issued } = await server.certified("mutual");
  const agent = server.agent({ tls: tlsOf(issued) });
  agent.onCommand = async ({ id: commandId }) => {
    await agent.update(commandId, "acknowledged");
    await agent.update(commandId, "running");
    await agent.update(commandId, "succeeded", { message: "done" });
  };
  expect(await agent.connect()).toMatchObject({ agentId: id, name: "mutual" });
  expect(await agent.beat({ task: "in secret" })).toMatchObject({ ok: true });
  await eventually(async () => (await findAgent(ctx(), id)).status === "online");
  expect((await findAgent(ctx(), id)).evidence.keyPrefix).toBe(`cert ${issued.serial.slice(0, 8)}`);
  await requestCommands(ctx(), {
    kind: "health-check",
    reason: "over mutual TLS",
    agentIds: [id],
    waitMs: 60_000,
  });
  await eventually(async () => {
    const { items } = await findCommands(ctx(), { agentId: id, limit: 1 });
    return items[0]?.state === "succeeded";
  });
  await eventually(async () => {
    const [listed] = await findCertificates(ctx(), id);
    return expect(listed).toMatchObject({ lastUsedFrom: "127.0.0.1", lastUsedAt: expect.any(String) });
  });
});

it("closes the socket within a second of the revocation, and of the agent's removal", async () => {
  for (const end of ["revocation", "removal"] as const) {
    const { id, issued } = await server.certified(`ends by ${end}`);
    const agent = server.agent({ tls: tlsOf(issued) });
    await agent.connect();
    const begun = performance.now();
    if (end === "revocation") await revokeCertificate(ctx(), id, issued.serial);
    else await removeAgent(ctx(), id);
    await eventually(() => agent.closed);
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(agent.goodbyes).toMatchObject([{ code: end === "removal" ? "removed" : "revoked-key" }]);
    await expect(agent.connect()).rejects.toThrow();
  }
});

it("refuses a certificate that the authority signed but the table does not know", async () => {
  const { issued } = await server.certified("forgotten");
  await server.ground.db.sql`delete from agent_certificates where serial = ${issued.serial}`;
  expect((await knock(issued)).text).toContain("HTTP/1.1 401");
  await expect(server.agent({ tls: tlsOf(issued) }).connect()).rejects.toMatchObject({ code: "bad-key" });
});

it("serves nothing but the agent protocol there", async () => {
  const { issued } = await server.certified("curious");
  for (const path of ["/", "/login", "/v1/agents", "/v1/ca", "/api/trpc/auth.status", "/docs", "/healthz"]) {
    expect((await knock(issued, [], path)).text, path).toContain("HTTP/1.1 404");
  }
});
