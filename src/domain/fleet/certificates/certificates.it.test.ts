import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connect } from "@/db/client";
import { createAgent } from "@/domain/fleet/agents";
import { startAgentTlsServer } from "@/testing/agent-tls-server";
import { eventually } from "@/testing/eventually";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { findCertificates, issueCertificate, revokeCertificate, showAuthority } from ".";
import { agentUri } from "./agent-uri";
import { ensureAuthority } from "./authority";
import { makeKeyPair, signAuthority, signLeaf } from "./signing";

let ground: TestGround;
let folder: string;
beforeAll(async () => {
  ground = await testGround();
  folder = mkdtempSync(join(tmpdir(), "mc-certificates-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await ground.db.close();
});
const ctx = () => personCtx(ground);

it("makes one authority, by two instances at once, and keeps its key sealed", async () => {
  const other = connect(ground.db.url, { max: 2 });
  const made = await Promise.all([
    ensureAuthority(ground),
    ensureAuthority({ ...ground, db: other }),
    ensureAuthority(ground),
    ensureAuthority({ ...ground, db: other }),
  ]);
  await other.close();
  expect(new Set(made.map(({ certificatePem, keyPem }) => certificatePem + keyPem)).size).toBe(1);
  const rows = await ground.db.sql`select * from certificate_authorities`;
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain("PRIVATE KEY");
  const authority = new X509Certificate((await showAuthority(ground)).certificate);
  expect(authority.ca).toBe(true);
  expect(authority.publicKey.asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
  const years = (new Date(authority.validTo).getTime() - Date.now()) / 31_557_600_000;
  expect(years).toBeGreaterThan(9.9);
});

it("issues for an agent: its id as name and URI, as long as asked, from its own key or a request", async () => {
  const { id } = await createAgent(ctx(), { name: "certified" });
  const issued = await issueCertificate(ctx(), id, { days: 30 });
  const certificate = new X509Certificate(issued.certificate);
  expect(certificate.subject).toBe(`CN=${id}`);
  expect(certificate.subjectAltName).toBe(`URI:${agentUri(id)}`);
  expect(certificate.verify(new X509Certificate(issued.authority).publicKey)).toBe(true);
  expect(new Date(certificate.validTo).getTime()).toBeCloseTo(Date.now() + 30 * 86_400_000, -5);
  expect(issued.key).toContain("PRIVATE KEY");

  const key = join(folder, "key.pem");
  const request = ["req", "-new", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
  const csr = execFileSync("openssl", [...request, "-keyout", key, "-subj", "/CN=somebody else"], {
    stdio: ["ignore", "pipe", "ignore"],
  }).toString();
  const signed = await issueCertificate(ctx(), id, { csr });
  expect(signed.key).toBeNull();
  expect(new X509Certificate(signed.certificate).subject).toBe(`CN=${id}`);
  await expect(issueCertificate(ctx(), id, { csr: "nonsense" })).rejects.toThrow(/no certificate signing/);
  const broken = csr.replace(/^(.{20}).(.*)$/m, "$1A$2");
  await expect(issueCertificate(ctx(), id, { csr: broken })).rejects.toMatchObject({ code: "invalid" });

  expect(await findCertificates(ctx(), id)).toHaveLength(2);
  await revokeCertificate(ctx(), id, signed.serial);
  await revokeCertificate(ctx(), id, signed.serial);
  const facts = await ground.db.sql`select kind from facts_pending where kind like 'security.certificate%'`;
  expect(facts.map(({ kind }) => kind).sort()).toEqual([
    "security.certificate_issued",
    "security.certificate_issued",
    "security.certificate_revoked",
  ]);
  await expect(issueCertificate(personCtx(ground, "viewer"), id, {})).rejects.toThrow(/may not/);
});

it("knows an outside authority's certificates by URI, id or name, and can revoke them", async () => {
  const validity = { from: new Date(Date.now() - 1_000), to: new Date(Date.now() + 86_400_000) };
  const outside = await signAuthority("House authority", "4c".repeat(16), validity);
  const file = join(folder, "outside.crt");
  writeFileSync(file, outside.certificatePem);
  const server = await startAgentTlsServer({ agentCa: file });
  try {
    const admin = personCtx(server.ground);
    const { id } = await createAgent(admin, { name: "house agent" });
    let count = 0;
    const show = async (commonName: string, uri?: string) => {
      const { pair, keyPem } = await makeKeyPair();
      const names = uri
        ? [{ type: "url" as const, value: uri }]
        : [{ type: "dns" as const, value: "a.test" }];
      const serial = `4d${String(count++).padStart(30, "0")}`;
      const wish = { commonName, names, use: "client" as const, serial, validity, publicKey: pair.publicKey };
      const cert = (await signLeaf(outside, wish)).toString("pem");
      return server.agent({ tls: { ca: server.ca, cert, key: keyPem } });
    };
    expect(await (await show("whatever", agentUri(id))).connect()).toMatchObject({ agentId: id });
    expect(await (await show(id)).connect()).toMatchObject({ agentId: id });
    expect(await (await show("House Agent")).connect()).toMatchObject({ agentId: id });
    await expect((await show("stranger")).connect()).rejects.toMatchObject({ code: "bad-key" });
    await expect((await show(id, agentUri("agt_other"))).connect()).rejects.toMatchObject({
      code: "bad-key",
    });
    // Ours are not taken now: one authority at a time.
    const { issued } = await server.certified("ours");
    const ours = { ca: server.ca, cert: issued.certificate, key: issued.key ?? "" };
    await expect(server.agent({ tls: ours }).connect()).rejects.toMatchObject({ code: null });

    const agent = await show("house agent");
    await agent.connect();
    const known = await eventually(async () => {
      const found = await findCertificates(admin, id);
      return found[0]?.lastUsedFrom ? found : null;
    });
    expect(known).toHaveLength(4);
    expect(known[0]).toMatchObject({ issuedBy: "House authority", lastUsedFrom: "127.0.0.1" });
    for (const { serial } of known) await revokeCertificate(admin, id, serial);
    await eventually(() => agent.closed);
    await expect(agent.connect()).rejects.toMatchObject({ code: "revoked-key" });
  } finally {
    await server.stop();
  }
});
