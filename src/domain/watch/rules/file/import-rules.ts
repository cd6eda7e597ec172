import { and, asc, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import type { RuleDraft } from "@/contracts/watch/rule";
import type { importRulesSchema, RuleImport } from "@/contracts/watch/rules-file";
import { rules } from "@/db/schema";
import { type Ctx, demand, transact } from "@/domain/kernel";
import { hintsOfDraft } from "../check-draft";
import type { RuleRow } from "../view";
import { insertRule, updateRule } from "../write-rule";
import { differences } from "./differences";
import { fromFile } from "./from-file";
import { type FileNames, readNames } from "./names";
import { type LineFault, lineFaults, type RulesFile, readYaml, refuseFile } from "./read-yaml";

type Entry = { draft: RuleDraft; row: RuleRow | null };

/**
 * Brings the account's rules to what a file says: all of it or, where anything is wrong, nothing. Without `apply` it only
 * says what would be done. Throws invalid with line and field.
 */
export async function importRules(
  ctx: Ctx,
  { yaml, apply }: z.output<typeof importRulesSchema>,
): Promise<RuleImport> {
  demand(ctx, "rules:manage");
  const file = readYaml(yaml);
  return transact(ctx, async (unit) => {
    const reading = unit.tx
      .select()
      .from(rules)
      .where(and(eq(rules.accountId, ctx.account), isNull(rules.deletedAt)))
      .orderBy(asc(rules.createdAt), asc(rules.id));
    const rows = await (apply ? reading.for("update") : reading);
    const names = await readNames(ctx, unit.tx);
    const entries = entriesOf(file, rows, names);
    const items: RuleImport["items"] = [];
    for (const { draft, row } of entries) {
      const changes = row ? differences(row.draft, draft, names) : [];
      const act = row ? (changes.length > 0 ? "change" : "same") : "create";
      let ruleId = row?.id ?? null;
      if (apply && act === "create") ruleId = (await insertRule(ctx, unit, draft, { how: "imported" })).id;
      if (apply && act === "change" && row) await updateRule(ctx, unit, row, draft, { how: "imported" });
      const hints = await hintsOfDraft(ctx, unit.tx, draft);
      items.push({ name: draft.name, ruleId, act, changes, hints, rule: draft });
    }
    const named = new Set(entries.map(({ row }) => row?.id));
    const count = (act: RuleImport["items"][number]["act"]) =>
      items.filter((item) => item.act === act).length;
    return {
      applied: apply,
      created: count("create"),
      changed: count("change"),
      same: count("same"),
      items,
      untouched: rows.filter(({ id }) => !named.has(id)).map(({ draft }) => draft.name),
    };
  });
}

/** What each rule of the file says and which rule it means; refuses the file with everything that is wrong with it. */
function entriesOf(file: RulesFile, rows: RuleRow[], names: FileNames): Entry[] {
  const faults: LineFault[] = [];
  const entries: Entry[] = [];
  const taken = new Map<string, number>();
  file.rules.forEach((raw, at) => {
    const { draft, faults: own } = fromFile(raw, names);
    const meant = draft ? rowMeant(raw, draft, rows) : null;
    if (meant && "fault" in meant) own.push({ path: [meant.field], message: meant.fault });
    const row = meant && "row" in meant ? meant.row : null;
    // A rule that is new is known by its name: twice in a file it would be made twice.
    const key = row?.id ?? `name ${draft?.name}`;
    const first = taken.get(key);
    if (draft && first !== undefined)
      own.push({ path: ["name"], message: `is the same rule as rules[${first}]` });
    taken.set(key, first ?? at);
    faults.push(...lineFaults(file, at, own));
    if (draft) entries.push({ draft, row });
  });
  if (faults.length > 0) refuseFile(faults);
  return entries;
}

/** The rule with the entry's id, else the one of its name; an id of another installation means nothing here. */
function rowMeant(
  raw: unknown,
  draft: RuleDraft,
  rows: RuleRow[],
): { row: RuleRow | null } | { field: string; fault: string } {
  const id = typeof raw === "object" && raw !== null && "id" in raw ? raw.id : undefined;
  if (id !== undefined && typeof id !== "string") return { field: "id", fault: "must be text" };
  const byId = rows.find((row) => row.id === id);
  if (byId) return { row: byId };
  const [byName, another] = rows.filter((row) => row.draft.name === draft.name);
  if (another)
    return { field: "name", fault: `is the name of several rules; write the id of the one that you mean` };
  return { row: byName ?? null };
}
