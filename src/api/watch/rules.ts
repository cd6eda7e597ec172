import { z } from "zod";
import { changeRuleSchema, createRuleSchema, ruleSchema } from "@/contracts/watch/rule";
import { changeRule, createRule, deleteRule, listRules } from "@/domain/watch/rules";
import { procedure, router } from "../trpc";

/** Rules: what fires an alert, about whom, and who is told. */
export const rulesRouter = router({
  list: procedure
    .meta({
      openapi: { method: "GET", path: "/rules", summary: "List the rules", tags: ["rules"] },
      access: "board:read",
    })
    .input(z.object({}))
    .output(z.object({ items: z.array(ruleSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => ({ items: await listRules(ctx), nextCursor: null })),
  create: procedure
    .meta({
      openapi: { method: "POST", path: "/rules", summary: "Make a rule", tags: ["rules"] },
      access: "rules:manage",
      successStatus: 201,
    })
    .input(createRuleSchema)
    .output(ruleSchema)
    .mutation(({ ctx, input }) => createRule(ctx, input)),
  change: procedure
    .meta({
      openapi: { method: "PATCH", path: "/rules/{id}", summary: "Change a rule", tags: ["rules"] },
      access: "rules:manage",
    })
    .input(changeRuleSchema)
    .output(ruleSchema)
    .mutation(({ ctx, input }) => changeRule(ctx, input)),
  remove: procedure
    .meta({
      openapi: { method: "DELETE", path: "/rules/{id}", summary: "Delete a rule", tags: ["rules"] },
      access: "rules:manage",
    })
    .input(z.object({ id: z.string() }))
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await deleteRule(ctx, input.id);
      return { ok: true as const };
    }),
});
