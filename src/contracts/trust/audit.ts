import { z } from "zod";
import { momentSchema } from "@/contracts/kernel/moment";
import { pageQuerySchema } from "@/contracts/kernel/page";

/**
 * `GET /v1/audit`. `kind`: a fact's kind, or the beginning of kinds when it ends with a dot (`security.`). `actor` and
 * `target`: an id, or a part of the name. `q`: a part of a name, a reason or a kind.
 */
export const auditQuerySchema = pageQuerySchema.extend({
  kind: z
    .string()
    .regex(/^[a-z_]+\.[a-z_]*$/, "must be a kind such as agent.added, or a beginning such as agent.")
    .max(60)
    .optional(),
  actor: z.string().max(200).optional(),
  target: z.string().max(200).optional(),
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  q: z.string().max(200).optional(),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

/** What checking the chain found; `firstBrokenSeq` and `why` only when it is broken. */
export const chainReportSchema = z.object({
  ok: z.boolean(),
  rows: z.number(),
  firstBrokenSeq: z.number().optional(),
  why: z.string().optional(),
});
export type ChainReport = z.infer<typeof chainReportSchema>;

/** The badge of the audit page: the end of the chain, and whether its last stretch holds. */
export const chainBadgeSchema = chainReportSchema.extend({
  headSeq: z.number(),
  headHash: z.string(),
  checkedFrom: z.number(),
  checkedAt: z.string(),
});
export type ChainBadge = z.infer<typeof chainBadgeSchema>;
