import { isNotNull } from "drizzle-orm";
import { agentCertificates } from "@/db/schema";
import type { Ground } from "@/domain/kernel";
import type { Authority } from "./authority";
import { signRevocations } from "./signing";

/**
 * What our authority has taken back, in PEM: with it TLS itself refuses a revoked certificate, in the handshake. It
 * names no next issue, since it is made anew at each revocation and would otherwise end all handshakes by its age.
 */
export async function revocationList(
  { db, clock }: Pick<Ground, "db" | "clock">,
  authority: Authority,
): Promise<string> {
  const revoked = await db.orm
    .select({ serial: agentCertificates.serial, revokedAt: agentCertificates.revokedAt })
    .from(agentCertificates)
    .where(isNotNull(agentCertificates.revokedAt));
  return signRevocations(
    authority,
    clock.now(),
    revoked.flatMap(({ serial, revokedAt }) => (revokedAt ? [{ serial, revokedAt }] : [])),
  );
}
