import type { ChainBadge } from "@/contracts/trust/audit";
import { factHead } from "@/db/schema";
import { type Ctx, demand } from "@/domain/kernel";
import { verifyChain } from "./verify-chain";

/** Rows that the page checks each time it is opened; the whole chain is `mc audit verify`'s work. */
const checkedRows = 5_000;

/** The end of the chain, and whether its last rows hold. */
export async function chainBadge(ctx: Ctx): Promise<ChainBadge> {
  demand(ctx, "audit:read");
  const [head] = await ctx.db.orm.select().from(factHead);
  const headSeq = head?.seq ?? 0;
  const checkedFrom = Math.max(1, headSeq - checkedRows + 1);
  const report = await verifyChain(ctx.db, { from: checkedFrom });
  return {
    ...report,
    headSeq,
    headHash: head?.hash ?? "",
    checkedFrom,
    checkedAt: ctx.clock.now().toISOString(),
  };
}
