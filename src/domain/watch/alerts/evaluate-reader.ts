import { isNull } from "drizzle-orm";
import { rules } from "@/db/schema";
import { type Ctx, type Ground, systemCtx, transact } from "@/domain/kernel";
import type { TickingReader } from "../observe/ticking";
import type { Read } from "../observe/ticking-reader";
import { readRules } from "../rules/find";
import { judge } from "./judge";

/**
 * Asks a reader on behalf of every account that has rules, and judges what it saw in the same transaction. What is too
 * much for one is judged in several, others having their turn between.
 */
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
    const ctx = systemCtx(ground, account);
    for (let read: Read | null = reader.read; read && !signal?.aborted; ) {
      read = await lookOnce(ctx, read);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
}

/** Judges one look; answers how to go on. */
function lookOnce(ctx: Ctx, read: Read): Promise<Read | null> {
  return transact(ctx, async (unit) => {
    const rows = await readRules(ctx, unit.tx);
    const { observations, next } = await read(ctx, unit.tx, rows, ctx.clock.now());
    // A look that saw nothing need not wait for the disk: the next one sees the same.
    if (observations.length === 0) unit.relax();
    else await judge(ctx, unit, rows, observations);
    return next;
  });
}
