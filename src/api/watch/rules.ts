import { z } from "zod";
import { pageOf } from "@/contracts/kernel/page";
import { rehearsalSchema, rehearseSchema } from "@/contracts/watch/rehearsal";
import {
  changeRuleSchema,
  createRuleSchema,
  listedRuleSchema,
  restoreRuleSchema,
  ruleSchema,
  ruleVersionSchema,
  ruleVersionsQuerySchema,
  savedRuleSchema,
} from "@/contracts/watch/rule";
import { importRulesSchema, ruleImportSchema } from "@/contracts/watch/rules-file";
import { rehearse } from "@/domain/watch/rehearsal";
import {
  changeRule,
  createRule,
  deleteRule,
  duplicateRule,
  exportRules,
  getRule,
  importRules,
  listRules,
  listRuleVersions,
  restoreRule,
} from "@/domain/watch/rules";
import { procedure, router } from "../trpc";

const tags = ["rules"];
const oneSchema = z.object({ id: z.string() });

/** Rules: what fires an alert, about whom, and who is told. */
export const rulesRouter = router({
  list: procedure
    .meta({
      openapi: { method: "GET", path: "/rules", summary: "List the rules", tags },
      access: "board:read",
    })
    .input(z.object({}))
    .output(z.object({ items: z.array(listedRuleSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => ({ items: await listRules(ctx), nextCursor: null })),
  get: procedure
    .meta({
      openapi: { method: "GET", path: "/rules/{id}", summary: "One rule", tags },
      access: "board:read",
    })
    .input(oneSchema)
    .output(ruleSchema)
    .query(({ ctx, input }) => getRule(ctx, input.id)),
  create: procedure
    .meta({
      openapi: { method: "POST", path: "/rules", summary: "Make a rule", tags },
      access: "rules:manage",
      successStatus: 201,
    })
    .input(createRuleSchema)
    .output(savedRuleSchema)
    .mutation(({ ctx, input }) => createRule(ctx, input)),
  change: procedure
    .meta({
      openapi: { method: "PATCH", path: "/rules/{id}", summary: "Change a rule", tags },
      access: "rules:manage",
    })
    .input(changeRuleSchema)
    .output(savedRuleSchema)
    .mutation(({ ctx, input }) => changeRule(ctx, input)),
  remove: procedure
    .meta({
      openapi: { method: "DELETE", path: "/rules/{id}", summary: "Delete a rule", tags },
      access: "rules:manage",
    })
    .input(oneSchema)
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await deleteRule(ctx, input.id);
      return { ok: true as const };
    }),
  duplicate: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/rules/{id}/duplicate",
        summary: "Copy a rule; the copy is switched off",
        tags,
      },
      access: "rules:manage",
      successStatus: 201,
    })
    .input(oneSchema)
    .output(savedRuleSchema)
    .mutation(({ ctx, input }) => duplicateRule(ctx, input.id)),
  versions: procedure
    .meta({
      openapi: {
        method: "GET",
        path: "/rules/{id}/versions",
        summary: "Every version of a rule with its author, newest first",
        tags,
      },
      access: "board:read",
    })
    .input(ruleVersionsQuerySchema)
    .output(pageOf(ruleVersionSchema))
    .query(({ ctx, input }) => listRuleVersions(ctx, input)),
  restore: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/rules/{id}/restore",
        summary: "Make an old version the newest one; a deleted rule comes back",
        tags,
      },
      access: "rules:manage",
    })
    .input(restoreRuleSchema)
    .output(savedRuleSchema)
    .mutation(({ ctx, input }) => restoreRule(ctx, input)),
  export: procedure
    .meta({
      openapi: { method: "GET", path: "/rules/export", summary: "All rules as YAML", tags },
      access: "board:read",
      answers: "text/yaml",
    })
    .input(z.object({}))
    .output(z.string())
    .query(({ ctx }) => exportRules(ctx)),
  import: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/rules/import",
        summary: "Say what a file of rules would change, or, with `apply`, change it",
        tags,
      },
      access: "rules:manage",
    })
    .input(importRulesSchema)
    .output(ruleImportSchema)
    .mutation(({ ctx, input }) => importRules(ctx, input)),
  rehearse: procedure
    .meta({
      openapi: {
        method: "POST",
        path: "/rules/rehearse",
        summary: "What a rule would have fired over the last days; nothing is written",
        tags,
      },
      access: "rules:manage",
    })
    .input(rehearseSchema)
    .output(rehearsalSchema)
    .mutation(({ ctx, input, signal }) => rehearse(ctx, input, signal)),
});
