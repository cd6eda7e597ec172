import { z } from "zod";

/** A client certificate of an agent, without its private key. `serial` names it in paths. */
export const agentCertificateSchema = z.object({
  serial: z.string().describe("Serial number in hex; for an outside authority's, digits of the fingerprint."),
  fingerprint: z.string().describe("SHA-256 over the certificate, 64 hex digits."),
  issuedBy: z.string().describe("Who asked for it, by name, or the outside authority."),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  lastUsedFrom: z.string().nullable().describe("Network address that it was last used from."),
  revokedAt: z.string().nullable(),
});
export type AgentCertificate = z.infer<typeof agentCertificateSchema>;

/** `GET /v1/ca/certificates`: one that lets an agent in now, and which. */
export const heldCertificateSchema = agentCertificateSchema.extend({
  agent: z.object({ id: z.string(), name: z.string() }),
});

/** `withinDays`: only those that end so soon. */
export const heldCertificatesSchema = z.object({
  withinDays: z.coerce.number().int().min(0).max(3_650).optional(),
});

export const defaultCertificateDays = 365;

/** `POST /v1/agents/{id}/certificates`. Without a signing request the key is made here and shown once. */
export const issueCertificateSchema = z.object({
  days: z.number().int().min(1).max(3_650).optional().describe("How long it is valid; a year unless given."),
  csr: z
    .string()
    .max(16_384)
    .optional()
    .describe("A PKCS #10 signing request in PEM. Only its public key is taken."),
});
export type IssueCertificate = z.infer<typeof issueCertificateSchema>;

/** `certificate` and `authority` are PEM; `key` is PEM too, null when a signing request was given. */
export const issuedCertificateSchema = agentCertificateSchema.extend({
  certificate: z.string(),
  key: z.string().nullable().describe("Private key, shown this once and not kept."),
  authority: z.string().describe("Certificate of the authority, for those who verify."),
});

/** `GET /v1/ca`: our own authority. */
export const authoritySchema = z.object({
  certificate: z.string().describe("PEM; agents give it to trust the listener for agents."),
  fingerprint: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
