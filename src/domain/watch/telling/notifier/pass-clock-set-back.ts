import type { Ground } from "@/domain/kernel";

/**
 * The wall clock was set back: all groups are looked at now, since the moment that they wait for may be far away, and
 * a silence that was made to begin at once has begun.
 */
export async function passClockSetBack({ db, clock }: Pick<Ground, "db" | "clock">): Promise<void> {
  const now = clock.now().toISOString();
  await db.sql`
    with begun as (
      update silences set starts_at = ${now}::timestamptz
      where starts_at > ${now}::timestamptz and starts_at <= created_at
    )
    update alert_groups set flush_at = ${now}::timestamptz where closed_at is null and flush_at > ${now}::timestamptz`;
}
