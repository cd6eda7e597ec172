import { eq } from "drizzle-orm";
import { accounts, users } from "@/db/schema";
import { conflict, mainAccount, type Unit } from "@/domain/kernel";

/** Whether there is any user. Of two who set up at the same moment, the second waits here and sees the first. */
export async function isAnybodyThere(unit: Unit): Promise<boolean> {
  await unit.tx.select().from(accounts).where(eq(accounts.id, mainAccount)).for("update");
  const [someone] = await unit.tx.select({ id: users.id }).from(users).limit(1);
  return someone !== undefined;
}

/** The setup is for an installation without users; afterwards it is no way in. */
export async function demandNobody(unit: Unit): Promise<void> {
  if (await isAnybodyThere(unit)) {
    throw conflict("Mission Control is set up already. Sign in, or ask an admin for an account.");
  }
}
