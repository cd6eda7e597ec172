import type { Sql } from "postgres";
import type { BusHealth } from "./bus";
import type { Clock } from "./clock";

/**
 * What works now. `db: false`: nothing can be saved; `bus: false`: other instances are unseen; `workers: false`: no
 * instance does one of the duties, `note` says which.
 */
export type HealthState = { db: boolean; bus: boolean; workers: boolean; since: number; note: string | null };

type Parts = {
  sql: Sql;
  bus: { health(): BusHealth; onHealth(listener: () => void): () => void };
  clock: Clock;
  /** Leases that some instance must hold, and in words what is done under each. */
  duties: ReadonlyMap<string, string>;
};

const probeEveryMs = 1_000;
const probeTimeoutMs = 1_500;

/**
 * Asks the database once a second and listens to the bus, so that pages and `/readyz` tell of a loss within two
 * seconds instead of finding out by a failed click.
 */
export function watchHealth({ sql, bus, clock, duties }: Parts) {
  let state: HealthState = {
    db: true,
    bus: bus.health().ok,
    workers: false,
    since: clock.now().getTime(),
    note: null,
  };
  const listeners = new Set<(state: HealthState) => void>();
  let probing = false;

  const set = (db: boolean, idle: string[]) => {
    const busOk = bus.health().ok;
    const note = noteOf(db, busOk, idle);
    if (
      state.db === db &&
      state.bus === busOk &&
      state.note === note &&
      state.workers === (idle.length === 0)
    )
      return;
    state = { db, bus: busOk, workers: idle.length === 0, since: clock.now().getTime(), note };
    for (const listener of listeners) listener(state);
  };

  /** What nobody does. Asking for it is the probe: it needs the database to answer. */
  const findIdle = async () => {
    const held = await sql<{ name: string }[]>`select name from leases where expires_at > now()`;
    const names = new Set(held.map((row) => row.name));
    return [...duties].flatMap(([name, words]) => (names.has(name) ? [] : [words]));
  };

  let idleNow: string[] = [...duties.values()];
  const probe = async () => {
    if (probing) return;
    probing = true;
    try {
      idleNow = await Promise.race([findIdle(), noAnswer(clock)]);
      set(true, idleNow);
    } catch {
      set(false, idleNow);
    } finally {
      probing = false;
    }
  };

  const timer = clock.setInterval(() => void probe(), probeEveryMs);
  const stopBus = bus.onHealth(() => set(state.db, idleNow));
  return {
    state: () => state,
    onChange: (listener: (state: HealthState) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Asks now instead of at the next tick. */
    probe,
    stop: () => {
      timer.cancel();
      stopBus();
    },
  };
}

/** The watched health of a running process. */
export type HealthWatch = ReturnType<typeof watchHealth>;

async function noAnswer(clock: Clock): Promise<never> {
  await clock.sleep(probeTimeoutMs);
  throw new Error("the database did not answer in time");
}

function noteOf(db: boolean, bus: boolean, idle: string[]): string | null {
  if (!db) {
    return "The database does not answer. What you see is live but not saved; actions wait until it is back.";
  }
  if (!bus) {
    return "The link between servers is down. Agents and people on other servers are not seen until it is back.";
  }
  return idle.length > 0 ? `No server does this work at the moment: ${idle.join(", ")}.` : null;
}
