import { createRemoteJWKSet, customFetch, errors, jwtVerify } from "jose";
import type { Clock } from "@/platform/clock";
import { type Claims, claimsSchema } from "./claims";
import type { Discovery } from "./discovery";
import type { Outside } from "./outside";
import { badToken, SsoRefusal } from "./refusal";
import type { SsoSettings } from "./settings";

/** Asymmetric only: `none` and secrets that both sides hold prove nothing about who signed. */
const algorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];
const toleranceSeconds = 60;
/** A token fresh from the token endpoint is younger than this; Entra dates its tokens five minutes back. */
const oldestSeconds = 15 * 60;

/** A token that holds, and when it ends. */
export type IdToken = { claims: Claims; expiresAt: Date };

/**
 * Verifies ID tokens: signature by the issuer's keys, issuer, audience, times with a minute of tolerance, tenant, and
 * `nonce` when one was sent. An unknown key id makes the keys be read anew, at most once in `cooldownMs`: short,
 * since only tokens that the issuer itself gave us get that far.
 */
export function createIdTokenCheck(
  settings: SsoSettings,
  outside: Outside,
  clock: Clock,
  { cooldownMs = 1_000 }: { cooldownMs?: number } = {},
) {
  let keys: { uri: string; find: ReturnType<typeof createRemoteJWKSet> } | undefined;

  function keysOf({ jwks_uri: uri }: Discovery) {
    if (keys?.uri === uri) return keys.find;
    const find = createRemoteJWKSet(new URL(uri), {
      cooldownDuration: cooldownMs,
      timeoutDuration: 8_000,
      [customFetch]: async (url) => {
        const { status, answer } = await outside.get(url);
        return new Response(answer, { status });
      },
    });
    keys = { uri, find };
    return find;
  }

  return async (discovery: Discovery, token: string, nonce: string | null): Promise<IdToken> => {
    const { payload } = await jwtVerify(token, keysOf(discovery), {
      algorithms,
      issuer: settings.issuer,
      audience: settings.clientId,
      clockTolerance: toleranceSeconds,
      maxTokenAge: oldestSeconds,
      requiredClaims: ["sub", "exp", "iat"],
      currentDate: clock.now(),
    }).catch((error: unknown) => {
      throw error instanceof SsoRefusal ? error : badToken(inWords(error));
    });
    if (nonce !== null && payload.nonce !== nonce) throw badToken("it belongs to another sign-in (nonce)");
    const several = Array.isArray(payload.aud) && payload.aud.length > 1;
    if ((several || payload.azp !== undefined) && payload.azp !== settings.clientId) {
      throw badToken("it was made for another program (azp)");
    }
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) throw badToken("its claims have an unknown shape");
    if (settings.tenantId && claims.data.tid?.toLowerCase() !== settings.tenantId.toLowerCase()) {
      throw badToken("it comes from another tenant (tid)");
    }
    if (settings.tenantId && !claims.data.oid) throw badToken("it does not say who it speaks of (oid)");
    return { claims: claims.data, expiresAt: new Date((payload.exp ?? 0) * 1_000) };
  };
}

function inWords(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "it has run out (exp)";
  if (error instanceof errors.JWTClaimValidationFailed) return `its ${error.claim} is not right`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return "its signature is wrong";
  if (error instanceof errors.JWKSNoMatchingKey) return "the issuer has no key of this name";
  if (error instanceof errors.JOSEAlgNotAllowed) return "it is signed in a way that is not allowed (alg)";
  return "it can't be read";
}
