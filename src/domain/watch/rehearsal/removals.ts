import type { Fact } from "@/contracts/facts";
import type { Ctx } from "@/domain/kernel";
import type { Bounds } from "./stage";
import { storedFacts } from "./stored-facts";

/** When agents left the fleet, by their id: it ends whatever was open about them. */
export async function readRemovals(
  ctx: Pick<Ctx, "account" | "db">,
  range: { afterSeq: number; throughSeq: number },
  bounds: Bounds,
): Promise<Map<string, Fact>> {
  const found = new Map<string, Fact>();
  for await (const fact of storedFacts(ctx, ["agent.removed"], range, bounds))
    if (fact.target) found.set(fact.target.id, fact);
  return found;
}
