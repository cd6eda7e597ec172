import { X509Certificate } from "node:crypto";
import type { Ground } from "@/domain/kernel";
import { ensureAuthority } from "./authority";
import { fingerprintOf } from "./presented";

/** Our authority as anybody may see it: without its key. */
export async function showAuthority(ground: Ground) {
  const { certificatePem, createdAt, expiresAt } = await ensureAuthority(ground);
  return {
    certificate: certificatePem,
    fingerprint: fingerprintOf(new X509Certificate(certificatePem)),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
