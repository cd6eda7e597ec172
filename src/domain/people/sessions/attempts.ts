import { type Ctx, type Ground, systemCtx, tooMany, transact } from "@/domain/kernel";
import type { Limit, LimitStore } from "@/platform/limits";

const minute = 60;
const hour = 3_600;

const callsPerMinute = 120;

/**
 * KO-6, for each key, which is the client's address where nobody is known yet. The last three are for calls of the
 * API as a whole: by the session of a person, by token, and by address for who shows nothing.
 */
const limitsFor = (calls: number) => ({
  login: { most: 5, windowSeconds: 5 * minute },
  recover: { most: 5, windowSeconds: hour },
  change: { most: 10, windowSeconds: hour },
  register: { most: 3, windowSeconds: hour },
  session: { most: calls, windowSeconds: minute },
  token: { most: calls * 10, windowSeconds: minute },
  anonymous: { most: calls * 5, windowSeconds: minute },
});
export const limitsOf = limitsFor(callsPerMinute) satisfies Record<string, Limit>;
export type LimitName = keyof typeof limitsOf;

/** A limit that stays reached is told once a minute, so that the log can't be filled through it. */
const telling: Limit = { most: 1, windowSeconds: minute };

/** Limits how often something may be tried. Keys must hold nothing that was typed: they stand in the audit log. */
export interface Attempts {
  /** Counts one; rejects with `too-many` and the time to wait when there were too many. */
  take(key: string, limit?: LimitName): Promise<void>;
  /** Writes that a role was not enough for `act`, once a minute for each `key`: a page that polls must not fill the log. */
  tellRefused(ctx: Ctx, key: string, act: string): Promise<void>;
  /** Gives one back: this one succeeded. What failed before it stays counted, or an own account would reset guesses. */
  forget(key: string, limit?: LimitName): Promise<void>;
}

/** The limits over a store; one that is reached is a fact, once a minute for each key. */
export function createAttempts(ground: Ground, store: LimitStore): Attempts {
  const limits = limitsFor(ground.signIn?.callsPerMinute ?? callsPerMinute);

  async function tell(key: string, limit: LimitName): Promise<void> {
    if (!(await store.take(`told-${limit}`, telling, key)).ok) return;
    const ctx = systemCtx(ground);
    const actor = { kind: "anonymous" as const, id: key, name: key };
    await transact({ ...ctx, actor }, async (unit) => {
      unit.record({ kind: "security.limit_reached", target: null, data: { limit, key, ...limits[limit] } });
    });
  }

  return {
    async take(key, limit = "login") {
      const taken = await store.take(limit, limits[limit], key);
      if (taken.ok) return;
      // The refusal stands also while the database is away.
      await tell(key, limit).catch((error: unknown) =>
        ground.log.warn({ err: error }, "That a limit was reached could not be written down."),
      );
      const { most, windowSeconds } = limits[limit];
      throw tooMany(
        `Too many attempts: ${most} are allowed within ${inWords(windowSeconds * 1_000)}. Try again in ${inWords(taken.retryAfterMs)}.`,
        taken.retryAfterMs,
      );
    },
    async tellRefused(ctx, key, act) {
      if (!(await store.take("told-refused", telling, `${key} ${act}`)).ok) return;
      await transact(ctx, async (unit) => {
        unit.record({ kind: "security.access_refused", target: null, data: { act, role: ctx.role } });
      }).catch((error: unknown) => ctx.log.warn({ err: error }, "A refusal could not be written down."));
    },
    forget: (key, limit = "login") => store.giveBack(limit, limits[limit], key),
  };
}

/** The key of an address. Whoever has one IPv6 address has the whole /64, so that counts as one place. */
export function placeOf(ip: string | null): string {
  if (ip === null) return "unknown";
  if (!ip.includes(":")) return ip;
  const [before = "", after] = (ip.split("%")[0] ?? "").split("::");
  const left = before.split(":").filter(Boolean);
  const right = (after ?? "").split(":").filter(Boolean);
  const zeros = after === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right];
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}

/** A time to wait as people say it. */
export function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < minute) return seconds === 1 ? "a second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / minute);
  if (minutes < 60) return minutes === 1 ? "a minute" : `${minutes} minutes`;
  return "an hour";
}
