import { openCommandStates } from "@/contracts/fleet/command-states";
import type { Ground } from "@/domain/kernel";

/** The wall clock was set by so much (ms, forward positive): open commands wait for as long as they would have. */
export async function passClockStep({ db }: Pick<Ground, "db">, stepMs: number): Promise<void> {
  await db.sql`
    update commands set deadline_at = deadline_at + ${stepMs} * interval '1 millisecond',
      run_deadline_at = run_deadline_at + ${stepMs} * interval '1 millisecond'
    where state = any(${[...openCommandStates]}::text[])`;
}
