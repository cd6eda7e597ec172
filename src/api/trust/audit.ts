import { z } from "zod";
import { factSchema } from "@/contracts/facts";
import { pageOf } from "@/contracts/kernel/page";
import { auditQuerySchema, chainBadgeSchema } from "@/contracts/trust/audit";
import { chainBadge, findFacts } from "@/domain/trust/audit";
import { procedure, router } from "../trpc";

const tags = ["audit"];
const access = "audit:read" as const;

/** The audit trail: who did what, when, to what, why. */
export const auditRouter = router({
  list: procedure
    .meta({ openapi: { method: "GET", path: "/audit", summary: "Facts, newest first", tags }, access })
    .input(auditQuerySchema)
    .output(pageOf(factSchema))
    .query(({ ctx, input }) => findFacts(ctx, input)),

  chain: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/audit/chain",
        summary: "End of the hash chain, and whether its last rows hold",
        tags,
      },
      access,
    })
    .input(z.object({}).prefault({}))
    .output(chainBadgeSchema)
    .query(({ ctx }) => chainBadge(ctx)),
});
