import type { AgentCertificate } from "@/contracts/fleet/certificate";
import type { agentCertificates } from "@/db/schema";

/** A row as readers see it. */
export function certificateOf(row: typeof agentCertificates.$inferSelect): AgentCertificate {
  return {
    serial: row.serial,
    fingerprint: row.fingerprint,
    issuedBy: row.issuedBy.name,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastUsedFrom: row.lastUsedFrom,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
