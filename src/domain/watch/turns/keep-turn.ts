import type { Ground } from "@/domain/kernel";

/** Loops that watch and tell; each keeps its turns here. */
export const turnNames = ["evaluate", "notify", "deliver"] as const;
export type TurnName = (typeof turnNames)[number];

/** How a whole turn went: how far behind it found itself, and what is left to do. */
export type Turn = { lagMs: number; backlog: number };

const writtenEveryMs = 1_000;

/**
 * Makes the function that a loop calls at the end of each turn that went well, and only then: `/readyz`, the dead-man
 * ping and the rules about ourselves read what it leaves. Turns in a hurry are written once a second.
 */
export function keepTurns({ db, clock }: Pick<Ground, "db" | "clock">, name: TurnName) {
  let writtenMs = Number.NEGATIVE_INFINITY;
  return async ({ lagMs, backlog }: Turn): Promise<void> => {
    const nowMs = clock.monotonicMs();
    if (nowMs - writtenMs < writtenEveryMs) return;
    await writeTurn(db, name, clock.now(), { lagMs, backlog });
    writtenMs = nowMs;
  };
}

/** Writes a row of what is watched about ourselves; the newest by our clock stays. */
export async function writeTurn(db: Ground["db"], name: string, at: Date, turn: Turn): Promise<void> {
  await db.sql`
    insert into watch_turns (name, at, lag_ms, backlog, stopped)
    values (${name}, ${at.toISOString()}::timestamptz, ${Math.max(0, turn.lagMs)}, ${Math.round(turn.backlog)}, false)
    on conflict (name) do update set
      at = excluded.at, lag_ms = excluded.lag_ms, backlog = excluded.backlog, stopped = false`;
}
