import { conflict, tooMany } from "@/domain/kernel";

/** Rehearsals at a time on one instance: each reads a lot. */
const mostAtOnce = 4;
const running = new Map<string, AbortController>();

/**
 * Runs `work` as the only rehearsal of `who`: one that still runs is given up, since whoever edits wants the newest.
 * Ends also when `gone` says that nobody waits for the answer any more.
 */
export async function oneAtATime<Result>(
  who: string,
  gone: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  running.get(who)?.abort(conflict("A newer rehearsal of yours took the place of this one."));
  running.delete(who);
  if (running.size >= mostAtOnce)
    throw tooMany("Several rehearsals are running at the moment. Try again in a few seconds.", 5_000);
  const own = new AbortController();
  running.set(who, own);
  try {
    return await work(gone ? AbortSignal.any([gone, own.signal]) : own.signal);
  } finally {
    if (running.get(who) === own) running.delete(who);
  }
}
