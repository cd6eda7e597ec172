import type { Ground } from "@/domain/kernel";
import type { Timer } from "@/platform/clock";
import { attempt, openSettings, pointlessBecause } from "./attempt";
import { defaultPatience, type Patience } from "./backoff";
import { type Claimed, claimNext, keepClaims, releaseClaims } from "./claim";
import { boundsOf, Lanes } from "./lanes";
import { loadMessages } from "./load-messages";
import type { Message } from "./message";
import type { Outside } from "./senders";
import { Settler } from "./settler";

/** A channel that takes longer than this gives its place to another: webhooks that hang must not fill all places. */
const slowMs = 1_000;
/** How long a message that a dead process had taken waits. A living one prolongs its claims four times as often. */
const defaultClaimMs = 6_000;

export type DelivererOptions = {
  /** Channels that are sent to at once, slow ones not counted. */
  concurrency?: number;
  patience?: Patience;
  claimMs?: number;
  /** Called when another round may find work. */
  onRoom: () => void;
};

/**
 * Sends what is due, of each channel one message at a time. Where a repeat would be seen twice, the next one is taken
 * when this one's end is durable; where it would not (see `claimNext`), several are taken together and sent in turn.
 * `round` claims and begins; it does not wait for the answers.
 */
export class Deliverer {
  readonly #runs = new Set<Promise<void>>();
  /** Until when each claimed message is ours, by our own clock. */
  readonly #claims = new Map<string, number>();
  readonly #lanes: Lanes;
  readonly #settler: Settler;
  readonly #holder: string;
  readonly #claimMs: number;
  readonly #takesOverAtMs: number;
  #places: number;
  #wake: Timer | undefined;
  #keeping: Timer | undefined;
  #ending = false;

  constructor(
    readonly ground: Ground,
    readonly outside: Outside,
    readonly options: DelivererOptions,
  ) {
    this.#places = options.concurrency ?? 32;
    this.#lanes = new Lanes(() => ground.clock.monotonicMs());
    this.#holder = ground.ids.id("dlv");
    this.#settler = new Settler(ground, this.#holder);
    this.#claimMs = options.claimMs ?? defaultClaimMs;
    // After an outage of the database a former deliverer that lives gets the time to write its ends first.
    this.#takesOverAtMs = this.#nowMs() + this.#claimMs / 3;
  }

  /** One look at the outbox. Rejects when the database does not answer. */
  async round(): Promise<void> {
    const { channelIds, wakeInMs } = this.#lanes.blocked();
    this.#wake?.cancel();
    if (wakeInMs !== null) this.#wake = this.ground.clock.setTimeout(this.options.onRoom, wakeInMs + 1);
    if (this.#places <= 0) return;
    const askedAtMs = this.#nowMs();
    const claimed = await claimNext(this.ground, {
      channels: this.#places,
      holder: this.#holder,
      claimMs: this.#claimMs,
      blocked: channelIds,
      takesOver: askedAtMs >= this.#takesOverAtMs,
    });
    if (claimed.length === 0) return;
    const runs = new Map<string, Claimed[]>();
    for (const one of claimed) runs.set(one.channel.id, [...(runs.get(one.channel.id) ?? []), one]);
    for (const { notification } of claimed) this.#claims.set(notification.id, askedAtMs + this.#claimMs);
    for (const [channelId, [first]] of runs) if (first) this.#lanes.take(channelId, boundsOf(first.channel));
    const messages = await loadMessages(this.ground, this.outside.consoleUrl, claimed).catch((error) => {
      for (const [channelId, run] of runs) this.#end(channelId, run, null);
      throw error;
    });
    for (const [channelId, run] of runs) this.#begin(channelId, run, messages);
  }

  /** Begins nothing new. Resolves when nothing is on the way any more and all ends are written. */
  async idle(): Promise<void> {
    this.#ending = true;
    while (this.#runs.size > 0) await Promise.all(this.#runs);
  }

  #begin(channelId: string, run: Claimed[], messages: Map<string, Message>): void {
    const work = this.#work(run, messages)
      .catch((error: unknown) => {
        this.ground.log.error(
          { err: error, channelId },
          "Messages could not be worked on; their claims run out.",
        );
        return null;
      })
      .then((restMs) => {
        this.#runs.delete(work);
        this.#end(channelId, run, restMs);
        this.options.onRoom();
      });
    this.#runs.add(work);
    this.#keep();
  }

  #end(channelId: string, run: Claimed[], restMs: number | null): void {
    for (const { notification } of run) this.#claims.delete(notification.id);
    this.#lanes.free(channelId, restMs);
  }

  /** One message of the channel after the other. Resolves when all ends are durable: how long the channel rests. */
  async #work(run: Claimed[], messages: Map<string, Message>): Promise<number | null> {
    const release = this.#takePlace();
    const written: Promise<void>[] = [];
    const { ground, outside } = this;
    const patience = this.options.patience ?? defaultPatience;
    const config = run[0] ? openSettings(ground, run[0].channel) : null;
    let failuresBefore = run[0]?.channel.failuresInRow ?? 0;
    let restMs: number | null = null;
    let next = 0;
    try {
      for (; next < run.length && !(this.#ending && next > 0); next++) {
        const claimed = run[next];
        if (!claimed) break;
        const message = messages.get(claimed.notification.id);
        const last = next === run.length - 1;
        const pointless = pointlessBecause(claimed, message);
        if (pointless !== null || !message) {
          written.push(this.#settler.write(unsent(claimed, pointless ?? ""), last));
          continue;
        }
        if (this.#nowMs() >= (this.#claims.get(claimed.notification.id) ?? 0))
          throw new Error("The claim may have run out: another may have the message.");
        const attempting = { ground, outside, config, patience, failuresBefore };
        const tried = await attempt(attempting, claimed, message).finally(() =>
          this.#lanes.sent(claimed.channel.id),
        );
        const delivered = tried.settled.state === "delivered";
        written.push(this.#settler.write(tried.settled, last || !delivered || this.#ending));
        failuresBefore = 0;
        if (delivered) continue;
        restMs = tried.restMs;
        next += 1;
        break;
      }
      await this.#giveBack(run.slice(next));
    } finally {
      await Promise.all(written);
      release();
    }
    return restMs;
  }

  /** What was claimed and is not sent now may be taken again, by whom it may concern. */
  async #giveBack(rest: Claimed[]): Promise<void> {
    if (rest.length === 0) return;
    const ids = rest.map(({ notification }) => notification.id);
    for (const id of ids) this.#claims.delete(id);
    await releaseClaims(this.ground, { ids, holder: this.#holder });
  }

  /** Prolongs the claims while answers are outstanding or the database does not take the ends. */
  #keep(): void {
    if (this.#keeping || this.#claims.size === 0) return;
    this.#keeping = this.ground.clock.setTimeout(() => void this.#prolong(), this.#claimMs / 4);
  }

  async #prolong(): Promise<void> {
    const ids = [...this.#claims.keys()];
    const askedAtMs = this.#nowMs();
    try {
      const wish = { ids, holder: this.#holder, claimMs: this.#claimMs };
      const kept = ids.length > 0 ? await keepClaims(this.ground, wish) : [];
      for (const id of kept) if (this.#claims.has(id)) this.#claims.set(id, askedAtMs + this.#claimMs);
    } catch (error) {
      this.ground.log.warn({ err: error, count: ids.length }, "Claims can't be prolonged now.");
    }
    this.#keeping = undefined;
    this.#keep();
  }

  #takePlace(): () => void {
    let held = true;
    this.#places -= 1;
    const give = () => {
      if (!held) return;
      held = false;
      this.#places += 1;
      this.options.onRoom();
    };
    const timer = this.ground.clock.setTimeout(give, slowMs);
    return () => {
      timer.cancel();
      give();
    };
  }

  #nowMs(): number {
    return this.ground.clock.monotonicMs();
  }
}

/** The end of a message that must not be sent any more. */
function unsent(claimed: Claimed, answer: string) {
  return { claimed, answer, state: "dead", nextAttemptAt: null, try: null, rest: null, inbox: null } as const;
}
