import { Secret, TOTP } from "otpauth";

/** The code that an authenticator app with this secret shows at `at`. */
export function totpCodeAt(secret: string, at: Date): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });
}
