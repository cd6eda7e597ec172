import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createAgent } from "@/domain/fleet/agents";
import {
  makeKeyPair,
  type Signer,
  signAuthority,
  signLeaf,
  signRevocations,
} from "@/domain/fleet/certificates/signing";
import { type AgentTlsServer, startAgentTlsServer } from "@/testing/agent-tls-server";
import { eventually } from "@/testing/eventually";
import { personCtx } from "@/testing/ground";
import { sslClient } from "@/testing/openssl";

/** An authority of the house: its certificate and its revocation list are files that somebody else keeps. */
let folder: string;
let house: Signer;
let server: AgentTlsServer;
const validity = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 86_400_000) };
const file = (name: string) => join(folder, name);
const revoke = async (serials: string[]) => {
  const revoked = serials.map((serial) => ({ serial, revokedAt: new Date() }));
  writeFileSync(file("crl.pem"), await signRevocations(house, new Date(), revoked, validity.to));
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mc-house-"));
  house = await signAuthority("House authority", "4c".repeat(16), validity);
  writeFileSync(file("ca.pem"), house.certificatePem);
  await revoke([]);
  server = await startAgentTlsServer({ agentCa: file("ca.pem"), agentCaCrl: file("crl.pem") });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function certified(name: string, serial: string, signer = house, when = validity) {
  const { id } = await createAgent(personCtx(server.ground), { name });
  const { pair, keyPem } = await makeKeyPair();
  const names = [{ type: "dns" as const, value: "agent.house.test" }];
  const wish = { commonName: id, names, use: "client" as const, serial, publicKey: pair.publicKey };
  const leaf = await signLeaf(signer, { ...wish, validity: when });
  return { certificate: leaf.toString("pem"), key: keyPem };
}
const knock = async (identity: { certificate: string; key: string }, args: string[] = []) =>
  (await sslClient({ port: server.tlsPort, ca: server.ca, identity, arguments: args })).text;

it("lets in what the house signed, and neither expired, foreign nor listed ones, nor TLS 1.2", async () => {
  const good = await certified("good", "0a".repeat(16));
  expect(await knock(good)).toContain("HTTP/1.1 200 OK");
  expect(await knock(good, ["-tls1_2"])).not.toContain("HTTP/1.1");
  const over = { from: new Date(Date.now() - 86_400_000), to: new Date(Date.now() - 60_000) };
  expect(await knock(await certified("expired", "0b".repeat(16), house, over))).not.toContain("HTTP/1.1");
  const other = await signAuthority("House authority", "4e".repeat(16), validity);
  expect(await knock(await certified("foreign", "0c".repeat(16), other))).not.toContain("HTTP/1.1");
});

it("reads the list anew when the file changes: the socket that is open falls, the next one is refused", async () => {
  const serial = "00ab".repeat(8);
  const { certificate, key } = await certified("taken back", serial);
  const tls = { ca: server.ca, cert: certificate, key };
  const agent = server.agent({ tls });
  await agent.connect();
  const { certificate: stays, key: itsKey } = await certified("stays", "0d".repeat(16));
  const other = server.agent({ tls: { ca: server.ca, cert: stays, key: itsKey } });
  await other.connect();

  await revoke([serial]);
  await eventually(() => agent.closed);
  expect(await knock({ certificate, key })).not.toContain("HTTP/1.1");
  expect(other.closed).toBeNull();
  expect(await knock({ certificate: stays, key: itsKey })).toContain("HTTP/1.1 200 OK");

  // Half a list is no list: what was known goes on.
  writeFileSync(file("crl.pem"), "-----BEGIN X509 CRL-----\nAAAA");
  expect(await knock({ certificate, key })).not.toContain("HTTP/1.1");
});
