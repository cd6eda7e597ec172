import { eq } from "drizzle-orm";
import { watchTurns } from "@/db/schema";
import type { Ground } from "@/domain/kernel";

/** For how long nobody evaluated, ms: since the last whole turn of whichever instance; 0 before the very first. */
export async function pauseBeforeMs({ db, clock }: Pick<Ground, "db" | "clock">): Promise<number> {
  const [turn] = await db.orm
    .select({ at: watchTurns.at })
    .from(watchTurns)
    .where(eq(watchTurns.name, "evaluate"));
  return turn ? clock.now().getTime() - turn.at.getTime() : 0;
}
