import { isNull } from "drizzle-orm";
import { rules } from "@/db/schema";
import { type Ground, systemCtx, transact } from "@/domain/kernel";
import type { TickingReader } from "../observe/ticking";
import { readRules } from "../rules/find";
import { judge } from "./judge";

/** Asks a reader on behalf of every account that has rules, and judges what it saw in the same transaction. */
export async function evaluateReader(
  ground: Ground,
  reader: TickingReader,
  signal?: AbortSignal,
): Promise<void> {
  const watching = await ground.db.orm
    .selectDistinct({ account: rules.accountId })
    .from(rules)
    .where(isNull(rules.deletedAt));
  for (const { account } of watching) {
    if (signal?.aborted) return;
    const ctx = systemCtx(ground, account);
    await transact(ctx, async (unit) => {
      const rows = await readRules(ctx, unit.tx);
      const observations = await reader.read(ctx, unit.tx, rows, ground.clock.now());
      // A look that saw nothing need not wait for the disk: the next one sees the same.
      if (observations.length === 0) unit.relax();
      else await judge(ctx, unit, rows, observations);
    });
  }
}
