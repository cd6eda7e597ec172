import { z } from "zod";

const names = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .optional()
  .catch(undefined);
/** Providers send booleans as texts and numbers too. */
const yes = z
  .union([z.boolean(), z.string(), z.number()])
  .optional()
  .transform((value) => value === true || value === "true" || value === 1 || value === "1");
const line = z.string().optional().catch(undefined);

/** The claims that matter here, of an ID token or of the userinfo endpoint. */
export const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  tid: line,
  /** Entra: the person in the tenant, the same for every app; `sub` is another one for each app. */
  oid: line,
  email: line,
  email_verified: yes,
  /** Entra: the owner of the address's domain was verified. */
  xms_edov: yes,
  preferred_username: line,
  name: line,
  groups: names,
  roles: names,
  /** Claims that did not fit into the token, and where they can be asked for. */
  _claim_names: z.record(z.string(), z.string()).optional().catch(undefined),
  _claim_sources: z
    .record(z.string(), z.object({ endpoint: z.string().optional() }))
    .optional()
    .catch(undefined),
});
export type Claims = z.output<typeof claimsSchema>;

/** Address of where the groups are when they did not fit into the token; `""` when the token does not say where. */
export function groupsElsewhere(claims: Claims): string | null {
  const source = claims._claim_names?.groups;
  if (source === undefined) return null;
  return claims._claim_sources?.[source]?.endpoint ?? "";
}
