import type { Fact } from "@/contracts/facts";
import type { Ctx } from "@/domain/kernel";
import { blindnessOf } from "../alerts/pass-blindness";
import type { Blind, Bounds } from "./stage";
import { storedFacts } from "./stored-facts";

/** From when to when nobody watched, where the fact says that. */
export function blindOf(fact: Fact): Blind | null {
  const blind = blindnessOf(fact);
  return blind && { ...blind, at: new Date(fact.at) };
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
