import type { Ground } from "@/domain/kernel";
import { moveMinuteCursorsBack } from "../observe/minute-cursor";

/**
 * The wall clock was set by so much (ms, forward positive): what rules wait for goes on for as long as it would have.
 * All moments of all states move along, so that neither a pending alert fires early nor a recovering one hangs.
 */
export async function passClockStep({ db }: Pick<Ground, "db">, stepMs: number): Promise<void> {
  await db.sql.begin(async (sql) => {
    await sql`
      update alert_states set
        since = since + ${stepMs} * interval '1 millisecond',
        changed_at = changed_at + ${stepMs} * interval '1 millisecond',
        due_at = due_at + ${stepMs} * interval '1 millisecond',
        marks = array(select mark + ${stepMs}::bigint from unnest(marks) with ordinality as m(mark, place) order by place),
        flips = array(select flip + ${stepMs}::bigint from unnest(flips) with ordinality as f(flip, place) order by place)`;
    // Minutes that come again are judged again; those that were left out say nothing, as after a sleep.
    if (stepMs < 0) await moveMinuteCursorsBack(sql, stepMs);
  });
}
