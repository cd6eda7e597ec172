import { z } from "zod";
import { agentStatusSchema } from "@/contracts/fleet/status";
import { ruleKindSchema, severitySchema } from "@/contracts/watch/rule";

export const alertStateSchema = z.enum(["firing", "resolved"]);
export type AlertState = z.infer<typeof alertStateSchema>;

/** One episode of trouble: fires once, resolves once. `lastKnown` is what the agent said last. */
export const alertSchema = z.object({
  id: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  kind: ruleKindSchema,
  severity: severitySchema,
  state: alertStateSchema,
  agentId: z.string(),
  agentName: z.string(),
  group: z.string().nullable(),
  host: z.string().nullable(),
  /** When the trouble began (the last beat), not when it was noticed. */
  since: z.string(),
  firedAt: z.string(),
  resolvedAt: z.string().nullable(),
  resolution: z.string().nullable(),
  lastKnown: z.string().nullable(),
  status: agentStatusSchema,
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: z.string().nullable(),
});
export type Alert = z.infer<typeof alertSchema>;
