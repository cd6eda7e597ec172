import { z } from "zod";
import { lineSchema } from "@/contracts/kernel/text";

/** Bytes as WebAuthn's JSON carries them. `max` counts characters: enough for what real authenticators send. */
const base64url = (max: number) =>
  z
    .string()
    .min(1, "must not be empty")
    .max(max, `must be at most ${max} characters`)
    .regex(/^[\w-]+$/, "must be base64url");

export const passkeyNameSchema = lineSchema(60);

/** A passkey as its owner sees it: nothing that could sign. */
export const passkeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Kept in more than one place by its provider, so that a lost device does not lose it. */
  backedUp: z.boolean(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export type Passkey = z.infer<typeof passkeySchema>;

/**
 * `POST /v1/auth/passkeys/begin`. `password` proves anew who sits there; it is needed when the session's last proof is
 * older than ten minutes.
 */
export const beginPasskeySchema = z.object({
  name: passkeyNameSchema,
  password: z.string().max(256, "must be at most 256 characters").optional(),
});

const descriptor = z.object({
  type: z.string(),
  id: z.string(),
  transports: z.array(z.string()).optional(),
});

/** What the browser needs to make a passkey: `PublicKeyCredentialCreationOptionsJSON` of WebAuthn. */
export const passkeyCreationSchema = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ type: z.literal("public-key"), alg: z.number() })),
  timeout: z.number(),
  excludeCredentials: z.array(descriptor),
  authenticatorSelection: z.object({
    residentKey: z.literal("preferred"),
    userVerification: z.literal("required"),
  }),
  attestation: z.literal("none"),
});
export type PasskeyCreation = z.infer<typeof passkeyCreationSchema>;

/** What the browser needs to show a passkey: `PublicKeyCredentialRequestOptionsJSON` of WebAuthn. */
export const passkeyRequestSchema = z.object({
  rpId: z.string(),
  challenge: z.string(),
  timeout: z.number(),
  /** Empty: whichever passkey the person has for this site. */
  allowCredentials: z.array(descriptor),
  userVerification: z.literal("required"),
});
export type PasskeyRequest = z.infer<typeof passkeyRequestSchema>;

const credential = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal("public-key"),
  clientExtensionResults: z.object({}).default({}),
};

/** `RegistrationResponseJSON`: what the browser answers when it made a passkey. */
export const passkeyMadeSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_000),
    attestationObject: base64url(16_000),
    transports: z.array(z.string().max(32, "must be at most 32 characters")).max(8).default([]),
  }),
});
export type PasskeyMade = z.infer<typeof passkeyMadeSchema>;

/** `AuthenticationResponseJSON`: what the browser answers when a passkey signed the challenge. */
export const passkeyShownSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_000),
    authenticatorData: base64url(4_000),
    signature: base64url(2_000),
    userHandle: base64url(100).optional(),
  }),
});
export type PasskeyShown = z.infer<typeof passkeyShownSchema>;
