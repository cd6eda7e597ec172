import { and, asc, eq, isNull } from "drizzle-orm";
import { stringify } from "yaml";
import { rules } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import type { RuleRow } from "../view";
import { type FileNames, readNames } from "./names";
import { toFile } from "./to-file";

const head = `# Rules of Mission Control. Times are 90s, 5m, 2h or 14d; channels and agents go by their names.
# Bring it back with "mc rules import <file>": it shows what would change, --apply changes it.
`;

/** All rules of the account as a file, oldest first: no secrets, nothing that is as by default. */
export async function exportRules(ctx: Ctx): Promise<string> {
  demand(ctx, "board:read");
  return ctx.db.orm.transaction(async (tx) => {
    const rows = await tx
      .select()
      .from(rules)
      .where(and(eq(rules.accountId, ctx.account), isNull(rules.deletedAt)))
      .orderBy(asc(rules.createdAt), asc(rules.id));
    return rulesFile(rows, await readNames(ctx, tx));
  });
}

/** Rules as the text of a file. */
export function rulesFile(rows: Pick<RuleRow, "id" | "draft">[], names: FileNames): string {
  const file = { version: 1, rules: rows.map(({ id, draft }) => ({ id, ...toFile(draft, names) })) };
  return head + stringify(file, { version: "1.2", lineWidth: 100, aliasDuplicateObjects: false });
}
