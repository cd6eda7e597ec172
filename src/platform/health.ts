import type { Sql } from "postgres";
import type { BusHealth } from "./bus";
import type { Clock } from "./clock";

/** What works now. `db: false`: nothing can be saved; `bus: false`: other instances are unseen. */
export type HealthState = { db: boolean; bus: boolean; since: number; note: string | null };

type Parts = {
  sql: Sql;
  bus: { health(): BusHealth; onHealth(listener: () => void): () => void };
  clock: Clock;
};

const probeEveryMs = 1_000;
const probeTimeoutMs = 1_500;

/**
 * Asks the database once a second and listens to the bus, so that pages and `/readyz` tell of a loss within two
 * seconds instead of finding out by a failed click.
 */
export function watchHealth({ sql, bus, clock }: Parts) {
  let state: HealthState = { db: true, bus: bus.health().ok, since: clock.now().getTime(), note: null };
  const listeners = new Set<(state: HealthState) => void>();
  let probing = false;

  const set = (db: boolean) => {
    const busOk = bus.health().ok;
    if (state.db === db && state.bus === busOk) return;
    state = { db, bus: busOk, since: clock.now().getTime(), note: noteOf(db, busOk) };
    for (const listener of listeners) listener(state);
  };

  const probe = async () => {
    if (probing) return;
    probing = true;
    try {
      await Promise.race([
        sql`select 1`,
        clock.sleep(probeTimeoutMs).then(() => Promise.reject(new Error("no answer in time"))),
      ]);
      set(true);
    } catch {
      set(false);
    } finally {
      probing = false;
    }
  };

  const timer = clock.setInterval(() => void probe(), probeEveryMs);
  const stopBus = bus.onHealth(() => set(state.db));
  return {
    state: () => state,
    onChange: (listener: (state: HealthState) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => {
      timer.cancel();
      stopBus();
    },
  };
}

/** The watched health of a running process. */
export type HealthWatch = ReturnType<typeof watchHealth>;

function noteOf(db: boolean, bus: boolean): string | null {
  if (!db)
    return "The database does not answer. What you see is live but not saved; actions wait until it is back.";
  if (!bus)
    return "The link between servers is down. Agents and people on other servers are not seen until it is back.";
  return null;
}
