import type { Ground } from "@/domain/kernel";

/**
 * The wall clock was set by so much (ms, forward positive): what waits for its next try, and channels that are left
 * alone, wait for as long as they would have. Messages stay in their order, older than those that are made now.
 */
export async function passClockStep({ db }: Pick<Ground, "db">, stepMs: number): Promise<void> {
  await db.sql`
    with left_alone as (
      update channels set broken_until = broken_until + ${stepMs} * interval '1 millisecond'
      where broken_until is not null
    )
    update notifications set created_at = created_at + ${stepMs} * interval '1 millisecond',
      next_attempt_at = next_attempt_at + ${stepMs} * interval '1 millisecond'
    where state = 'pending'`;
}
