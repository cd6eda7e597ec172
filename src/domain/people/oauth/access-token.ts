import { type JWTPayload, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { type Permission, permissionSchema, type Role, roleSchema } from "@/contracts/people/role";
import type { Ground } from "@/domain/kernel";
import { accessTokenMs, clockToleranceMs } from "./lifetimes";
import { currentSigningKey, publicKeyOf, signingAlgorithm } from "./signing-keys";

/** Type of access tokens (RFC 9068), so that no other JWT of ours could ever pass for one. */
const type = "at+jwt";

/** For whom the tokens are: our API, and nobody else's. */
export const audienceOf = (issuer: string) => `${issuer}/v1`;

const claimsSchema = z.object({
  /** `usr_…` or `cli_…`. */
  sub: z.string(),
  account: z.string(),
  role: roleSchema,
  scopes: z.array(permissionSchema),
  /** Name of the program that asks, such as "mc on laptop". */
  client_name: z.string(),
  /** The family of refresh tokens behind a person's token: when it is revoked, so is this. */
  sid: z.string().optional(),
});
export type AccessClaims = z.infer<typeof claimsSchema>;

export type AccessToken = { accessToken: string; expiresInMs: number; scopes: Permission[] };

/** A JWT of ten minutes. `issuer` is our public origin. */
export async function signAccessToken(
  ground: Pick<Ground, "db" | "clock" | "ids" | "sealer">,
  issuer: string,
  claims: Omit<AccessClaims, "role"> & { role: Role },
): Promise<AccessToken> {
  const { id, key } = await currentSigningKey(ground);
  const now = ground.clock.now();
  const payload: JWTPayload = { ...claims };
  const accessToken = await new SignJWT(payload)
    .setProtectedHeader({ alg: signingAlgorithm, kid: id, typ: type })
    .setIssuer(issuer)
    .setAudience(audienceOf(issuer))
    .setIssuedAt(now)
    .setExpirationTime(new Date(now.getTime() + accessTokenMs))
    .setJti(ground.ids.id("jwt"))
    .sign(key);
  return { accessToken, expiresInMs: accessTokenMs, scopes: claims.scopes };
}

/**
 * What the token says, null when it is not ours, not for us, or over. The algorithm is pinned and the key found by us;
 * whoever it speaks for is not looked up here.
 */
export async function readAccessToken(
  ground: Pick<Ground, "db" | "clock">,
  issuer: string,
  token: string,
): Promise<AccessClaims | null> {
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        // A header may hold anything under this name, also what is no text.
        const jwk =
          typeof kid === "string" && /^key_[0-9a-z]{26}$/.test(kid) ? await publicKeyOf(ground, kid) : null;
        if (!jwk) throw new UnknownKey();
        return { ...jwk, alg: signingAlgorithm };
      },
      {
        algorithms: [signingAlgorithm],
        typ: type,
        issuer,
        audience: audienceOf(issuer),
        clockTolerance: clockToleranceMs / 1_000,
        currentDate: ground.clock.now(),
        requiredClaims: ["exp", "iat", "sub", "jti"],
      },
    );
    return claimsSchema.parse(payload);
  } catch (error) {
    if (isNo(error)) return null;
    throw error;
  }
}

class UnknownKey extends Error {}

/** Faults of the token. Anything else, such as a database that is away, says nothing about the token. */
function isNo(error: unknown): boolean {
  if (error instanceof UnknownKey || error instanceof z.ZodError || error instanceof SyntaxError) return true;
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_J");
}
