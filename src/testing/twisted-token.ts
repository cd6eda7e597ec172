import type { KeyObject } from "node:crypto";
import { generateKeyPairSync } from "node:crypto";
import { decodeJwt, SignJWT } from "jose";

/** How the provider's own ID tokens go wrong. */
export type Twist = {
  /** Claims that are said instead. */
  claims?: Record<string, unknown>;
  /** The provider's clock is so far ahead (or behind, below zero). */
  clockAheadSeconds?: number;
  /** Signed by another key, under the name of the right one. */
  foreignKey?: boolean;
};

/** The token as a wrong, broken or stolen provider would send it: everything else of the sign-in stays real. */
export async function twistedToken(
  token: string,
  { claims = {}, clockAheadSeconds = 0, foreignKey = false }: Twist,
  own: { key: KeyObject; kid: string },
): Promise<string> {
  const { iat = 0, exp = 0, ...said } = decodeJwt(token);
  const shifted = { iat: iat + clockAheadSeconds, exp: exp + clockAheadSeconds };
  const key = foreignKey ? generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey : own.key;
  return new SignJWT({ ...said, ...shifted, ...claims })
    .setProtectedHeader({ alg: "RS256", kid: own.kid })
    .sign(key);
}
