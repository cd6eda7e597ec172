import { Secret, TOTP } from "otpauth";
import type { Ids } from "@/platform/ids";

/** RFC 6238 as every authenticator app expects it: SHA-1, six digits, a step of 30 seconds. */
const stepMs = 30_000;
/** A code of the step before or after counts too: clocks of phones differ. */
const window = 1;
/** Purpose under which secrets are sealed. */
export const totpPurpose = "totp";

/** A new secret of 160 bits, in base32. */
export function newTotpSecret(ids: Ids): string {
  const bytes = Uint8Array.from(ids.bytes(20));
  return new Secret({ buffer: bytes.buffer }).base32;
}

/** The `otpauth://` address that an authenticator app reads. `label` is the person's address. */
export function totpUrl(secret: string, label: string): string {
  return totpOf(secret, label).toString();
}

/** The time step that `code` belongs to at `now`, null when it is not right. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = totpOf(secret).validate({ token: code.replaceAll(/\s/g, ""), timestamp, window });
  return delta === null ? null : Math.floor(timestamp / stepMs) + delta;
}

const totpOf = (secret: string, label = "") =>
  new TOTP({
    issuer: "Mission Control",
    label,
    algorithm: "SHA1",
    digits: 6,
    period: stepMs / 1_000,
    secret: Secret.fromBase32(secret),
  });
