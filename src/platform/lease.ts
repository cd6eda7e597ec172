import type { Sql } from "postgres";
import type { Clock, Timer } from "./clock";
import type { Log } from "./log";

export interface Lease {
  held(): boolean;
  /** Fencing token of the current or last tenure, 0 before the first. Grows at every change of holder. */
  epoch(): number;
  /** Gives the lease back, so that the next holder does not have to wait for it to run out. */
  stop(): Promise<void>;
}

interface LeaseOptions {
  sql: Sql;
  clock: Clock;
  log: Log;
  name: string;
  /** Unique for each running process. */
  holder: string;
  ttlMs?: number;
  /** The signal aborts at the loss: work must not start anything new after that. */
  onGained(epoch: number, signal: AbortSignal): void;
  onLost(): void | Promise<void>;
}

/** One that waits asks more often than one that holds renews, so that a clean stop hands over at once. */
const longestWaitMs = 300;

/**
 * Makes sure that of all processes one runs a thing. Expiry is judged by the database's clock alone. The holder
 * counts from the moment before it asked, by its own monotonic clock, and lets go a tenth early: it stops before
 * another can begin, also when the database is out of reach. Whoever writes under a lease should still carry the
 * epoch: a process that was frozen wakes up believing.
 */
export function holdLease(options: LeaseOptions): Lease {
  const { sql, clock, log, name, holder, ttlMs = 4_000, onGained, onLost } = options;
  const localTtlMs = ttlMs * 0.9;
  let epoch = 0;
  let tenure: AbortController | undefined;
  let deadlineMs = 0;
  let deadline: Timer | undefined;
  let next: Timer | undefined;
  let stopped = false;
  let current: Promise<void> = Promise.resolve();

  async function lose(reason: string): Promise<void> {
    if (!tenure) return;
    deadline?.cancel();
    tenure.abort(new Error(`The lease ${name} was lost: ${reason}`));
    tenure = undefined;
    log.info({ lease: name, epoch, reason }, "Lease lost.");
    try {
      await onLost();
    } catch (error) {
      log.error({ err: error, lease: name }, "What follows the loss of a lease failed.");
    }
  }

  /** A frozen process wakes up with its timers late: the clock is asked, not the timer. */
  function stillHeld(): boolean {
    return tenure !== undefined && clock.monotonicMs() < deadlineMs;
  }

  function extend(askedAtMs: number): void {
    deadlineMs = askedAtMs + localTtlMs;
    deadline?.cancel();
    deadline = clock.setTimeout(
      () => void lose("it was not renewed in time"),
      deadlineMs - clock.monotonicMs(),
    );
  }

  async function renew(): Promise<void> {
    const askedAtMs = clock.monotonicMs();
    const rows = await sql`
      update leases set
        renewed_at = clock_timestamp(), expires_at = clock_timestamp() + ${ttlMs} * interval '1 millisecond'
      where name = ${name} and holder = ${holder} and epoch = ${epoch}`;
    if (!stillHeld()) await lose("the answer came too late");
    else if (rows.count === 0) await lose("another holder has it");
    else extend(askedAtMs);
  }

  async function acquire(): Promise<void> {
    const askedAtMs = clock.monotonicMs();
    const rows = await sql<{ epoch: string }[]>`
      insert into leases as lease (name, holder, epoch, expires_at, renewed_at)
      values (${name}, ${holder}, 1,
        clock_timestamp() + ${ttlMs} * interval '1 millisecond', clock_timestamp())
      on conflict (name) do update set
        holder = excluded.holder, epoch = lease.epoch + 1,
        expires_at = clock_timestamp() + ${ttlMs} * interval '1 millisecond', renewed_at = clock_timestamp()
      where lease.expires_at <= clock_timestamp() or lease.holder = excluded.holder
      returning epoch`;
    const row = rows[0];
    if (!row || stopped || clock.monotonicMs() >= askedAtMs + localTtlMs) return;
    epoch = Number(row.epoch);
    tenure = new AbortController();
    extend(askedAtMs);
    log.info({ lease: name, epoch }, "Lease gained.");
    try {
      onGained(epoch, tenure.signal);
    } catch (error) {
      log.error({ err: error, lease: name }, "What the lease is for failed to begin.");
    }
  }

  async function turn(): Promise<void> {
    try {
      if (tenure && !stillHeld()) await lose("it was not renewed in time");
      await (tenure ? renew() : acquire());
    } catch (error) {
      if (!stopped) log.warn({ err: error, lease: name }, "The database did not answer about a lease.");
    }
    if (stopped) return;
    const everyMs = tenure ? ttlMs / 3 : Math.min(longestWaitMs, ttlMs / 3);
    next = clock.setTimeout(begin, everyMs);
  }

  function begin(): void {
    current = turn();
  }

  begin();
  return {
    held: stillHeld,
    epoch: () => epoch,
    async stop() {
      if (stopped) return;
      stopped = true;
      next?.cancel();
      await current;
      await lose("it is given back");
      try {
        await sql`update leases set expires_at = clock_timestamp() where name = ${name} and holder = ${holder}`;
      } catch (error) {
        log.warn({ err: error, lease: name }, "A lease could not be given back; it runs out by itself.");
      }
    },
  };
}
