import { z } from "zod";
import type { Fact } from "@/contracts/facts";
import type { Ctx } from "@/domain/kernel";
import type { Blind, Bounds } from "./stage";
import { storedFacts } from "./stored-facts";

const saidSchema = z.object({ from: z.coerce.date(), to: z.coerce.date() });

/** From when to when nobody watched, where the fact says that. */
export function blindOf({ kind, after, at }: Fact): Blind | null {
  if (kind !== "monitoring.was_blind") return null;
  const said = saidSchema.safeParse(after);
  return said.success ? { ...said.data, at: new Date(at) } : null;
}

/** All such times of a stretch of the log, in their order. */
export async function readBlindness(
  ctx: Pick<Ctx, "account" | "db">,
  range: { afterSeq: number; throughSeq: number },
  bounds: Bounds,
): Promise<Blind[]> {
  const found: Blind[] = [];
  for await (const fact of storedFacts(ctx, ["monitoring.was_blind"], range, bounds)) {
    const blind = blindOf(fact);
    if (blind) found.push(blind);
  }
  return found;
}
