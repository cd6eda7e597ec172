import { z } from "zod";
import { lineSchema } from "@/contracts/kernel/text";
import { permissionSchema, roleSchema } from "@/contracts/people/role";
import { scopesSchema } from "@/contracts/people/user";

/** A machine that comes by client credentials, without its secret (`mcs_…`). */
export const machineClientSchema = z.object({
  /** `cli_…`, the `client_id`. */
  id: z.string(),
  name: z.string(),
  secretPrefix: z.string(),
  role: roleSchema,
  scopes: z.array(permissionSchema),
  createdBy: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  rotatedAt: z.string().nullable(),
  previous: z
    .object({ prefix: z.string(), endsAt: z.string().nullable() })
    .nullable()
    .describe(
      "The secret before the last rotation, while it is good too; no end: until the new one is used.",
    ),
  revokedAt: z.string().nullable(),
});
export type MachineClient = z.infer<typeof machineClientSchema>;

/** `POST /v1/oauth/clients`. Without `scopes`: everything that the role may do. */
export const makeClientSchema = z.object({
  name: lineSchema(80),
  role: roleSchema,
  scopes: scopesSchema.optional(),
});

/** `POST /v1/oauth/clients/{id}/rotate`: the client keeps its id and gets a new secret. */
export const rotateClientSchema = z.object({
  overlapMinutes: z
    .number()
    .int()
    .min(0)
    .max(43_200)
    .optional()
    .describe("How long the old secret stays good; not given: until the new one is used; 0: not at all."),
});
export type RotateClient = z.infer<typeof rotateClientSchema>;

/** Public keys that sign access tokens, as RFC 7517 has them. */
export const jwksSchema = z.object({
  keys: z.array(
    z.object({
      kid: z.string(),
      kty: z.string(),
      crv: z.string(),
      x: z.string(),
      y: z.string(),
      use: z.literal("sig"),
      alg: z.string(),
    }),
  ),
});
export type Jwks = z.infer<typeof jwksSchema>;

/** The program of the device flow that everybody has; it keeps no secret, so it needs none. */
export const commandLineClientId = "mc";

export const grantTypes = {
  clientCredentials: "client_credentials",
  refreshToken: "refresh_token",
  deviceCode: "urn:ietf:params:oauth:grant-type:device_code",
} as const;

const word = z.string().max(500);

/** `POST /v1/oauth/token`, as a form or as JSON. Which fields count depends on `grant_type`. */
export const tokenRequestSchema = z.object({
  grant_type: word.describe(`One of ${Object.values(grantTypes).join(", ")}.`),
  client_id: word.optional().describe(`Id of the client; "${commandLineClientId}" for the command line.`),
  client_secret: word.optional().describe("Secret of a machine client, unless it comes by HTTP Basic."),
  scope: word.optional().describe("Permissions, separated by spaces; left out: all that was granted."),
  device_code: word.optional(),
  refresh_token: word.optional(),
});
export type TokenRequest = z.infer<typeof tokenRequestSchema>;

/** Answer of the token endpoint (RFC 6749, 5.1). `refresh_token` for persons only; it replaces the one before. */
export const tokenAnswerSchema = z.object({
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.number().describe("Seconds."),
  scope: z.string(),
  refresh_token: z.string().optional(),
});
export type TokenAnswer = z.infer<typeof tokenAnswerSchema>;

/** `POST /v1/oauth/device_authorization` (RFC 8628, 3.1). */
export const deviceRequestSchema = z.object({
  client_id: word,
  scope: word.optional(),
  client_name: lineSchema(80).optional().describe('What the person is shown, such as "mc on laptop".'),
});
export type DeviceRequest = z.infer<typeof deviceRequestSchema>;

export const deviceAnswerSchema = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.string(),
  verification_uri_complete: z.string(),
  expires_in: z.number().describe("Seconds."),
  interval: z.number().describe("Least number of seconds between two questions."),
});
export type DeviceAnswer = z.infer<typeof deviceAnswerSchema>;

/** Body of every "no" of these endpoints. */
export const oauthErrorSchema = z.object({ error: z.string(), error_description: z.string() });

/** `POST /v1/oauth/revoke` (RFC 7009). */
export const revokeRequestSchema = z.object({ token: word, token_type_hint: word.optional() });

/** Code of a device as people type it: hyphen, spaces and case do not matter. */
export const userCodeSchema = z
  .string()
  .max(40)
  .transform((text) => text.replace(/[\s-]/g, "").toUpperCase())
  .pipe(z.string().regex(/^[A-Z]{8}$/, "is eight letters, such as BCDF-GHJK"));

/** A program that a person let in by the device flow, in "your sessions". */
export const signedInProgramSchema = z.object({
  /** `fam_…`: all tokens that came of one sign-in. Useless as a token. */
  id: z.string(),
  /** As the program calls itself, such as "mc on laptop". */
  name: z.string(),
  /** From where it came the last time. */
  ip: z.string().nullable(),
  signedInAt: z.string(),
  /** True to ten minutes: as long as one access token lasts. */
  lastUsedAt: z.string(),
  /** When it has to be let in again, unless it is used before. */
  expiresAt: z.string(),
  /** Whether it is the program that asks. */
  current: z.boolean(),
});
export type SignedInProgram = z.infer<typeof signedInProgramSchema>;

/** What asks to be let in, for the person who decides. */
export const deviceAskSchema = z.object({
  /** Stands for the request in the answer: a decision never guesses codes. */
  ask: z.string(),
  /** As the program calls itself: anybody can claim any name. */
  clientName: z.string(),
  ip: z.string().nullable(),
  askedAt: z.string(),
  expiresAt: z.string(),
  scopes: z.array(permissionSchema),
});
export type DeviceAsk = z.infer<typeof deviceAskSchema>;

export const deviceDecisionSchema = z.object({ ask: z.string().min(1).max(600), approve: z.boolean() });
