import { minuteMs, noDataMinutes } from "./judge-minute";
import { observeSlice } from "./metric-slice";
import { closedAfterMs, lockMinuteCursor, moveMinuteCursor, readMinuteCursor } from "./minute-cursor";
import { rulesOfKind } from "./rules-of-kind";
import type { Read, TickingReader } from "./ticking-reader";

export { closedAfterMs };

/**
 * When a minute is judged later than this, nobody watched from then until now: what these minutes hold counts, what
 * they lack does not.
 */
const lateAfterMs = 120_000;
/** Minutes that are older were slept through and are not judged any more. */
const oldestMs = 15 * minuteMs;

/** A minute that is judged in several looks, and the agent at which the last of them ended. */
type Place = { minute: number; after: string };

/**
 * One closed minute after the other from a durable cursor on, for all rules. A minute is passed when all its agents
 * are judged: when nothing crosses a threshold in one look, else in slices.
 */
const readFrom =
  (place: Place | null): Read =>
  async (ctx, tx, rows, now) => {
    const nothing = { observations: [], next: null };
    const lastClosed = Math.floor((now.getTime() - closedAfterMs) / minuteMs) * minuteMs - minuteMs;
    const known = await readMinuteCursor(tx, ctx.account);
    if (known.through !== null && known.through >= lastClosed) return nothing;
    const { through, seeingSince: since } = await lockMinuteCursor(tx, ctx.account);
    const oldest = Math.floor((now.getTime() - oldestMs) / minuteMs) * minuteMs;
    const minute = through === null ? lastClosed : Math.max(through + minuteMs, oldest);
    if (minute > lastClosed) return nothing;
    const late = now.getTime() - (minute + minuteMs) > closedAfterMs + lateAfterMs;
    const seeingSince = late ? lastClosed + minuteMs : since;
    const pass = (until: number) => moveMinuteCursor(tx, ctx.account, { through: until, seeingSince });
    const rules = rulesOfKind(rows, "metric");
    if (rules.length === 0) {
      await pass(lastClosed);
      return nothing;
    }
    const { observations, after } = await observeSlice(ctx, tx, rules, {
      minute,
      after: place?.minute === minute ? place.after : "",
      nothingSaysSomething: minute - (noDataMinutes - 1) * minuteMs >= seeingSince,
    });
    if (after !== null) return { observations, next: readFrom({ minute, after }) };
    await pass(minute);
    return { observations, next: minute < lastClosed ? readFrom(null) : null };
  };

export const metricReader: TickingReader = { name: "metric", everyMs: 2_000, read: readFrom(null) };
