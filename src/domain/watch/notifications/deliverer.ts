import { cutText } from "@/contracts/kernel/text";
import type { Ground } from "@/domain/kernel";
import type { Timer } from "@/platform/clock";
import { alertOf } from "../alerts/view";
import { openConfig } from "../channels/config";
import { afterFailure, defaultPatience, type Patience } from "./backoff";
import { type Claimed, claimNext, keepClaims } from "./claim";
import { type LaneLimits, Lanes } from "./lanes";
import { type Outside, send } from "./senders";
import type { Settled } from "./settle";
import { Settler } from "./settler";
import type { Sent } from "./teams-answer";
import { alertMessage } from "./teams-card";

/** A send that takes longer than this gives its place to another: webhooks that hang must not fill all places. */
const slowMs = 1_000;
/** How long a message that a dead process had taken waits. A living one prolongs its claims four times as often. */
const defaultClaimMs = 6_000;
const keptAnswerLength = 1_000;

export type DelivererOptions = {
  /** Sends at once over all channels, slow ones not counted. */
  concurrency?: number;
  lane?: LaneLimits;
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
    this.#places = options.concurrency ?? 10;
    this.#lanes = new Lanes(options.lane ?? { perSecond: 4 }, () => ground.clock.monotonicMs());
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
    for (const message of claimed) this.#begin(message, askedAtMs + this.#claimMs);
  }

  /** Resolves when nothing is on the way any more and all ends are written. */
  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
  }

  #begin(claimed: Claimed, claimEndsAtMs: number): void {
    const { id, channelId } = claimed.notification;
    this.#lanes.take(channelId);
    const work = this.#work(claimed, claimEndsAtMs)
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
  async #work(claimed: Claimed, claimEndsAtMs: number): Promise<number | null> {
    const pointless = pointlessBecause(claimed);
    if (pointless) {
      const settled = { claimed, state: "dead", nextAttemptAt: null, answer: pointless, try: null } as const;
      await this.#settler.write(settled);
      return null;
    }
    if (this.ground.clock.monotonicMs() >= claimEndsAtMs)
      throw new Error("The answer to the claim came too late: another may have the message.");
    const release = this.#takePlace();
    this.#lanes.sending(claimed.notification.channelId);
    try {
      const at = this.ground.clock.now();
      const sent = await this.#send(claimed);
      const settled = this.#judge(claimed, at, sent);
      await this.#settler.write(settled);
      if (sent.verdict !== "retry") return null;
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

  async #send({ notification, alert, channel }: Claimed): Promise<Sent> {
    const message = alertMessage(alertOf(alert), notification.event, this.outside.consoleUrl);
    try {
      return await send(
        this.outside,
        channel.kind,
        openConfig(this.ground.sealer, channel.sealedConfig),
        message,
      );
    } catch (error) {
      this.ground.log.error({ err: error, channelId: channel.id }, "A channel's settings can't be opened.");
      const answer =
        "The stored address can't be opened: MC_SECRET is not the one that sealed it. Enter the address again.";
      return { verdict: "refused", status: 0, answer, retryAfterMs: null, tookMs: 0 };
    }
  }

  #judge(claimed: Claimed, at: Date, sent: Sent): Settled {
    const now = this.ground.clock.now();
    const answer = cutText(sent.answer.replaceAll("\u0000", ""), keptAnswerLength);
    const settled = { claimed, answer, try: { at, tookMs: sent.tookMs, status: sent.status } };
    if (sent.verdict === "delivered") return { ...settled, state: "delivered", nextAttemptAt: null };
    const { attempts, createdAt } = claimed.notification;
    const meets = {
      attempts: attempts + 1,
      ageMs: now.getTime() - createdAt.getTime(),
      random: this.ground.ids.random(),
    };
    const next = afterFailure(sent, meets, this.options.patience ?? defaultPatience);
    if (next === "give-up") return { ...settled, state: "dead", nextAttemptAt: null };
    return { ...settled, state: "pending", nextAttemptAt: new Date(now.getTime() + next.delayMs) };
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

/** Why a message must not be sent at all any more; null when it should be. */
function pointlessBecause({ notification, channel, firingState }: Claimed): string | null {
  if (channel.deletedAt) return "Not sent: the channel was deleted.";
  if (!channel.enabled) return "Not sent: the channel is switched off.";
  if (notification.event === "resolved" && firingState === "dead")
    return "Not sent: its firing message never arrived.";
  return null;
}
