import { z } from "zod";
import { passkeyShownSchema } from "@/contracts/people/passkey";
import { roleSchema } from "@/contracts/people/role";
import { passwordSchema } from "@/contracts/people/user";

/** How a sign-in that waits for its second factor can be finished. */
export const secondFactorMethods = ["totp", "passkey"] as const;
export const secondFactorMethodSchema = z.enum(secondFactorMethods);
export type SecondFactorMethod = z.infer<typeof secondFactorMethodSchema>;

/** Six digits as an authenticator app shows them, also in two groups of three. */
export const totpCodeSchema = z
  .string()
  .trim()
  .regex(/^\d{3} ?\d{3}$/, "must be the six digits that your app shows");

/** Token of a sign-in that waits for its second factor; lives 5 minutes. */
export const ticketSchema = z.string().trim().min(1, "must not be empty").max(100);

/** Answer of `POST /v1/auth/login` when the password was right and a second factor is to follow. */
export const secondFactorNextSchema = z.object({
  next: z.literal("second-factor"),
  ticket: ticketSchema,
  methods: z.array(secondFactorMethodSchema),
});

/** A second factor as it is shown: the code of the app, or a passkey that signed our challenge. Exactly one of them. */
const shown = { code: totpCodeSchema.optional(), passkey: passkeyShownSchema.optional() };
/** For where it may also be left out: what is then answered says which ones there are. */
export const maybeShown = shown;
const isOne = ({ code, passkey }: { code?: unknown; passkey?: unknown }) =>
  (code === undefined) !== (passkey === undefined);
const notOne = { error: "must be given: either the code of the app or a passkey", path: ["code"] };

/** `POST /v1/auth/second-factor`: finishes the sign-in that the ticket stands for. */
export const finishLoginSchema = z.object({ ticket: ticketSchema, ...shown }).refine(isOne, notOne);

/** `POST /v1/auth/step-up`. */
export const stepUpSchema = z.object(shown).refine(isOne, notOne);

/** Recovery code, `XXXX-XXXX-XXXX`; small letters and missing hyphens are understood. */
export const recoveryCodeSchema = z
  .string()
  .trim()
  .regex(/^(?:[a-z2-9]{4}[- ]?){2}[a-z2-9]{4}$/i, "must be a recovery code, such as ABCD-EFGH-JKLM");

/** `POST /v1/auth/recover`: a new password by a recovery code. */
export const recoverSchema = z.object({
  identifier: z.string().trim().min(1, "must not be empty").max(254),
  code: recoveryCodeSchema,
  password: passwordSchema,
});

/** `GET /v1/auth/second-factor`: how one's own account is protected. */
export const secondFactorSchema = z.object({
  /** When the authenticator app was confirmed; null: there is none. */
  totpSince: z.string().nullable(),
  recoveryCodesLeft: z.number().int(),
  /** Whether one's role demands a second factor. */
  required: z.boolean(),
});
export type SecondFactor = z.infer<typeof secondFactorSchema>;

/** What an authenticator app needs: the picture, and the secret as text for those who can't take a picture. */
export const totpSecretSchema = z.object({
  /** Base32. */
  secret: z.string(),
  /** `otpauth://totp/…` */
  url: z.string(),
  /** The address as a QR code: a whole SVG document, dark on white. */
  qrSvg: z.string(),
});

/** Ten of them, shown this once. */
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) });

/** Roles that must have a second factor before they may do anything else. */
export const secondFactorPolicySchema = z.object({
  requiredFor: z.array(roleSchema).max(3),
});
