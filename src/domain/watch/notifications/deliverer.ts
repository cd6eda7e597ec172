import { cutText } from "@/contracts/kernel/text";
import type { Ground } from "@/domain/kernel";
import type { Timer } from "@/platform/clock";
import { openConfig } from "../channels/config";
import { afterFailure, defaultPatience, type Patience } from "./backoff";
import { restAfter } from "./breaker";
import { type Claimed, claimNext, keepClaims } from "./claim";
import { boundsOf, Lanes } from "./lanes";
import { loadMessages } from "./load-messages";
import type { Message } from "./message";
import { type Outgoing, outgoingOf } from "./outgoing";
import { type Outside, send } from "./senders";
import type { Sent } from "./sent";
import type { Settled } from "./settle";
import { Settler } from "./settler";
import { tellableOf } from "./tellable";

/** A send that takes longer than this gives its place to another: webhooks that hang must not fill all places. */
const slowMs = 1_000;
/** How long a message that a dead process had taken waits. A living one prolongs its claims four times as often. */
const defaultClaimMs = 6_000;
const keptAnswerLength = 1_000;

export type DelivererOptions = {
  /** Sends at once over all channels, slow ones not counted. */
  concurrency?: number;
  patience?: Patience;
  claimMs?: number;
  /** Called when another round may find work. */
  onRoom: () => void;
};

/**
 * Sends what is due, of each channel one message at a time: the next one is taken when this one's end is durable.
 * `round` claims and begins; it does not wait for the answers.
 */
export class Deliverer {
  readonly #busy = new Map<string, Promise<void>>();
  readonly #lanes: Lanes;
  readonly #settler: Settler;
  readonly #holder: string;
  readonly #claimMs: number;
  readonly #takesOverAtMs: number;
  #places: number;
  #wake: Timer | undefined;
  #keeping: Timer | undefined;

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
    this.#takesOverAtMs = ground.clock.monotonicMs() + this.#claimMs / 3;
  }

  /** One look at the outbox. Rejects when the database does not answer. */
  async round(): Promise<void> {
    const { channelIds, wakeInMs } = this.#lanes.blocked();
    this.#wake?.cancel();
    if (wakeInMs !== null) this.#wake = this.ground.clock.setTimeout(this.options.onRoom, wakeInMs + 1);
    if (this.#places <= 0) return;
    const askedAtMs = this.ground.clock.monotonicMs();
    const claimed = await claimNext(this.ground, {
      limit: this.#places,
      holder: this.#holder,
      claimMs: this.#claimMs,
      blocked: channelIds,
      takesOver: askedAtMs >= this.#takesOverAtMs,
    });
    if (claimed.length === 0) return;
    for (const { channel } of claimed) this.#lanes.take(channel.id, boundsOf(channel));
    const messages = await loadMessages(this.ground, claimed).catch((error: unknown) => {
      for (const { channel } of claimed) this.#lanes.free(channel.id, null);
      throw error;
    });
    for (const one of claimed)
      this.#begin(one, messages.get(one.notification.id) ?? null, askedAtMs + this.#claimMs);
  }

  /** Resolves when nothing is on the way any more and all ends are written. */
  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
  }

  #begin(claimed: Claimed, message: Message | null, claimEndsAtMs: number): void {
    const { id, channelId } = claimed.notification;
    const work = this.#work(claimed, message, claimEndsAtMs)
      .catch((error: unknown) => {
        this.ground.log.error(
          { err: error, notificationId: id },
          "A message could not be worked on; its claim runs out.",
        );
        return null;
      })
      .then((restMs) => {
        this.#lanes.free(channelId, restMs);
        this.#busy.delete(id);
        this.options.onRoom();
      });
    this.#busy.set(id, work);
    this.#keep();
  }

  /** Resolves when the end is durable, and says how long the channel has to rest. */
  async #work(claimed: Claimed, message: Message | null, claimEndsAtMs: number): Promise<number | null> {
    const pointless = pointlessBecause(claimed, message);
    if (pointless || !message) {
      const dead = { claimed, state: "dead", nextAttemptAt: null, answer: pointless ?? "" } as const;
      await this.#settler.write({ ...dead, try: null, rest: null, inbox: null });
      return null;
    }
    if (this.ground.clock.monotonicMs() >= claimEndsAtMs)
      throw new Error("The answer to the claim came too late: another may have the message.");
    const release = this.#takePlace();
    this.#lanes.sending(claimed.notification.channelId);
    try {
      const at = this.ground.clock.now();
      const outgoing = this.#prepare(claimed, message);
      const sent = outgoing ? await this.#send(outgoing) : unopened;
      const settled = this.#judge(claimed, at, sent);
      const row = outgoing?.way === "inbox" ? outgoing.row : null;
      await this.#settler.write({ ...settled, inbox: row });
      // An open breaker is kept with the channel, where a person can close it; this rest is for the first failures.
      if (sent.verdict !== "retry" || settled.rest?.until) return null;
      return settled.nextAttemptAt
        ? settled.nextAttemptAt.getTime() - this.ground.clock.now().getTime()
        : slowMs;
    } finally {
      release();
    }
  }

  /** Prolongs the claims while answers are outstanding or the database does not take the ends. */
  #keep(): void {
    if (this.#keeping || this.#busy.size === 0) return;
    this.#keeping = this.ground.clock.setTimeout(() => void this.#prolong(), this.#claimMs / 4);
  }

  async #prolong(): Promise<void> {
    const claims = { ids: [...this.#busy.keys()], holder: this.#holder, claimMs: this.#claimMs };
    try {
      if (claims.ids.length > 0) await keepClaims(this.ground, claims);
    } catch (error) {
      this.ground.log.warn({ err: error, count: claims.ids.length }, "Claims can't be prolonged now.");
    }
    this.#keeping = undefined;
    this.#keep();
  }

  /** The message in its channel's form; null when the channel's settings can't be opened. */
  #prepare({ channel }: Claimed, message: Message): Outgoing | null {
    const { consoleUrl } = this.outside;
    try {
      const config = openConfig(this.ground.sealer, channel.kind, channel.sealedConfig);
      const told = tellableOf(message, channel.template, consoleUrl);
      return outgoingOf(config, told, this.ground.clock.now(), consoleUrl);
    } catch (error) {
      this.ground.log.error({ err: error, channelId: channel.id }, "A channel's settings can't be opened.");
      return null;
    }
  }

  #send(outgoing: Outgoing): Promise<Sent> {
    return send(this.outside, outgoing, () => this.ground.clock.monotonicMs());
  }

  #judge(claimed: Claimed, at: Date, sent: Sent): Omit<Settled, "inbox"> {
    const now = this.ground.clock.now();
    const answer = cutText(sent.answer.replaceAll("\u0000", "").toWellFormed(), keptAnswerLength);
    const settled = { claimed, answer, try: { at, tookMs: sent.tookMs, status: sent.status } };
    if (sent.verdict === "delivered") {
      return { ...settled, state: "delivered", nextAttemptAt: null, rest: { failures: 0, until: null } };
    }
    const failures = claimed.channel.failuresInRow + 1;
    const restMs = restAfter(failures, sent.retryAfterMs);
    const rest = { failures, until: restMs === null ? null : new Date(now.getTime() + restMs) };
    const { attempts, createdAt } = claimed.notification;
    const meets = {
      attempts: attempts + 1,
      ageMs: now.getTime() - createdAt.getTime(),
      random: this.ground.ids.random(),
    };
    const next = afterFailure(sent, meets, this.options.patience ?? defaultPatience);
    if (next === "give-up") return { ...settled, rest, state: "dead", nextAttemptAt: null };
    return { ...settled, rest, state: "pending", nextAttemptAt: new Date(now.getTime() + next.delayMs) };
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
}

const unopened: Sent = {
  verdict: "refused",
  status: 0,
  answer: "The stored settings can't be opened: MC_SECRET is not the one that sealed them. Enter them again.",
  retryAfterMs: null,
  tookMs: 0,
};

/** Why a message must not be sent at all any more; null when it should be. */
function pointlessBecause({ channel }: Claimed, message: Message | null): string | null {
  if (channel.deletedAt) return "Not sent: the channel was deleted.";
  if (!channel.enabled) return "Not sent: the channel is switched off.";
  if (!message) return "Not sent: the message about its beginning never arrived.";
  return null;
}
