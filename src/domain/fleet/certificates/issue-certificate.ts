import { X509Certificate } from "node:crypto";
import { defaultCertificateDays, type IssueCertificate } from "@/contracts/fleet/certificate";
import { agentCertificates } from "@/db/schema";
import { agentRows } from "@/domain/fleet/agents/find-agent";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { agentUri } from "./agent-uri";
import { ensureAuthority } from "./authority";
import { certificateOf } from "./certificate-of";
import { publicKeyOfRequest } from "./certificate-request";
import { fingerprintOf } from "./presented";
import { newSerial, validFrom } from "./serial";
import { makeKeyPair, signLeaf } from "./signing";

const dayMs = 86_400_000;

/**
 * A client certificate for an agent, signed by our own authority and never valid longer than that. From a signing
 * request, or with a key that is made here, is in the answer this once, and is kept nowhere.
 */
export async function issueCertificate(ctx: Ctx, agentId: string, wish: IssueCertificate) {
  demand(ctx, "agents:manage");
  const { agent } = await agentRows(ctx, agentId);
  const authority = await ensureAuthority(ctx);
  const own = wish.csr === undefined ? await makeKeyPair() : null;
  const publicKey = own ? own.pair.publicKey : await publicKeyOfRequest(wish.csr ?? "");
  const now = ctx.clock.now();
  const wishedEnd = now.getTime() + (wish.days ?? defaultCertificateDays) * dayMs;
  const expiresAt = new Date(Math.min(wishedEnd, authority.expiresAt.getTime()));
  const serial = newSerial(ctx.ids);
  const signed = await signLeaf(authority, {
    commonName: agentId,
    names: [{ type: "url", value: agentUri(agentId) }],
    use: "client",
    serial,
    validity: { from: validFrom(now), to: expiresAt },
    publicKey,
  });
  const certificate = signed.toString("pem");
  const { kind, id, name } = ctx.actor;
  const row = {
    serial,
    accountId: ctx.account,
    agentId,
    fingerprint: fingerprintOf(new X509Certificate(certificate)),
    issuedBy: { kind, id, name },
    createdAt: now,
    expiresAt,
    lastUsedAt: null,
    lastUsedFrom: null,
    revokedAt: null,
  };
  await transact(ctx, async (unit) => {
    await unit.tx.insert(agentCertificates).values(row);
    unit.record({
      kind: "security.certificate_issued",
      target: { kind: "agent", id: agentId, name: agent.name },
      data: { serial, fingerprint: row.fingerprint, expiresAt: expiresAt.toISOString() },
    });
  });
  return {
    ...certificateOf(row),
    certificate,
    key: own?.keyPem ?? null,
    authority: authority.certificatePem,
  };
}
