import { z } from "zod";
import { ruleDraftSchema } from "./rule";

/** Longest file that is read, in characters, and most rules in it: reading it must not hold up others. */
export const rulesFileMax = { characters: 262_144, rules: 500 } as const;

/**
 * `POST /v1/rules/import`: rules as YAML (JSON is YAML too). Without `apply` nothing is changed and the answer says
 * what would be. A rule of the file is that of its `id`, else that of its name; one that fits none is made. Rules that
 * the file does not name stay as they are.
 */
export const importRulesSchema = z.object({
  yaml: z
    .string()
    .max(rulesFileMax.characters, `A file of rules has at most ${rulesFileMax.characters} characters.`),
  apply: z.boolean().default(false),
});

export const ruleImportSchema = z.object({
  applied: z.boolean(),
  created: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  /** Rules of the file, in its order. */
  items: z.array(
    z.object({
      name: z.string(),
      /** Null for one that would be made. */
      ruleId: z.string().nullable(),
      act: z.enum(["create", "change", "same"]),
      /** What differs, in the file's words: `severity`, `when.after`, `channels`. */
      changes: z.array(
        z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
      ),
      hints: z.array(z.string()),
      /** What the file says, in the words of the API: to look at or to rehearse. */
      rule: ruleDraftSchema,
    }),
  ),
  /** Names of rules that the file says nothing of. */
  untouched: z.array(z.string()),
});
export type RuleImport = z.infer<typeof ruleImportSchema>;
