import { z } from "zod";
import { roleSchema } from "@/contracts/people/role";
import { maybeShown } from "@/contracts/people/second-factor";
import { passwordSchema } from "@/contracts/people/user";

/**
 * `POST /v1/auth/sso/link`: joins a local account with the sign-in of the same verified address. `token` came behind
 * the `#` of the page `/link` and holds for ten minutes; `password` is that of the local account. Who has a second
 * factor here is asked for it in the answer, and sends the same again with it: `code` or `passkey`.
 */
export const linkSsoSchema = z.object({
  token: z.string().min(1, "must not be empty").max(200, "is not of this kind"),
  password: passwordSchema,
  ...maybeShown,
});

/**
 * `GET /v1/auth/sso`: how single sign-on is set up, by the environment (`MC_OIDC_…`, `MC_ENTRA_TENANT_ID`); null when it
 * is not. The client's secret is never told.
 */
export const ssoConfigurationSchema = z.object({
  kind: z.enum(["microsoft", "oidc"]),
  issuer: z.string(),
  clientId: z.string(),
  tenantId: z.string().nullable().describe("Only people of this Entra tenant come in."),
  scopes: z.array(z.string()),
  groupsUrl: z.string().nullable().describe("Where groups are asked for that did not fit into the token."),
  redirectUri: z.string().describe("To be registered at the identity provider."),
  afterSignOutUri: z.string().describe("To be registered there too, for signing out at the provider."),
  rules: z
    .array(z.object({ group: z.string(), role: roleSchema }))
    .describe("Group or app role and the role that it gives; the first that fits decides."),
});
export type SsoConfiguration = z.infer<typeof ssoConfigurationSchema>;

/** `POST /v1/auth/sso/test`: what works between here and the issuer, each in a sentence. */
export const issuerReportSchema = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), says: z.string() })),
  clockAheadMs: z
    .number()
    .nullable()
    .describe("How far the issuer's clock is ahead of ours, to about a second; null when it does not say."),
});
export type IssuerReport = z.infer<typeof issuerReportSchema>;
