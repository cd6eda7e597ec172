import { cutText } from "@/contracts/kernel/text";
import type { Ground } from "@/domain/kernel";
import type { Timer } from "@/platform/clock";
import { alertOf } from "../alerts/view";
import { openConfig } from "../channels/config";
import { afterFailure, defaultPatience, type Patience } from "./backoff";
import { type Claimed, claimDue, dueChannels } from "./claim";
import { type LaneLimits, Lanes } from "./lanes";
import { defaultSendTimeoutMs, type Outside, send } from "./senders";
import type { Settled } from "./settle";
import { Settler } from "./settler";
import type { Sent } from "./teams-answer";
import { alertMessage } from "./teams-card";

/** A send that takes longer than this gives its place to another: webhooks that hang must not fill all places. */
const slowMs = 1_000;
/** Beyond the longest send: time to write the end down before anybody else may take the message. */
const claimMarginMs = 20_000;
const keptAnswerLength = 1_000;

export type DelivererOptions = {
  /** Sends at once over all channels, slow ones not counted. */
  concurrency?: number;
  lane?: LaneLimits;
  patience?: Patience;
  /** Called when another round may find work. */
  onRoom: () => void;
};

/** Sends what is due. `round` claims and begins; it does not wait for the answers. */
export class Deliverer {
  readonly #busy = new Map<string, Promise<void>>();
  readonly #lanes: Lanes;
  readonly #settler: Settler;
  readonly #holder: string;
  #places: number;
  #wake: Timer | undefined;

  constructor(
    readonly ground: Ground,
    readonly outside: Outside,
    readonly options: DelivererOptions,
  ) {
    this.#places = options.concurrency ?? 10;
    this.#lanes = new Lanes(options.lane ?? { atOnce: 4, perSecond: 4 }, () => ground.clock.monotonicMs());
    this.#holder = ground.ids.id("dlv");
    this.#settler = new Settler(ground, this.#holder);
  }

  /** One look at the outbox. Rejects when the database does not answer. */
  async round(signal: AbortSignal): Promise<void> {
    const { channelIds, wakeInMs } = this.#lanes.blocked();
    this.#wake?.cancel();
    if (wakeInMs !== null) this.#wake = this.ground.clock.setTimeout(this.options.onRoom, wakeInMs + 1);
    if (this.#places <= 0) return;
    for (const channelId of await dueChannels(this.ground, channelIds)) {
      const limit = Math.min(this.#lanes.room(channelId), this.#places);
      if (signal.aborted || this.#places <= 0) return;
      if (limit <= 0) continue;
      const claimMs = (this.outside.sendTimeoutMs ?? defaultSendTimeoutMs) + claimMarginMs;
      const busy = [...this.#busy.keys()];
      const claimed = await claimDue(this.ground, { channelId, limit, holder: this.#holder, claimMs, busy });
      for (const message of claimed) this.#begin(message);
    }
  }

  /** Resolves when nothing is on the way any more and all ends are written. */
  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
  }

  #begin(claimed: Claimed): void {
    const { id, channelId } = claimed.notification;
    const work = this.#work(claimed, channelId)
      .catch((error: unknown) => {
        this.ground.log.error(
          { err: error, notificationId: id },
          "A message could not be worked on; its claim runs out.",
        );
      })
      .finally(() => {
        this.#busy.delete(id);
        this.options.onRoom();
      });
    this.#busy.set(id, work);
  }

  async #work(claimed: Claimed, channelId: string): Promise<void> {
    const pointless = pointlessBecause(claimed);
    if (pointless) {
      await this.#settler.write({
        claimed,
        state: "dead",
        nextAttemptAt: null,
        answer: pointless,
        try: null,
      });
      return;
    }
    const release = this.#takePlace();
    this.#lanes.began(channelId);
    let restMs: number | null = null;
    try {
      const at = this.ground.clock.now();
      const sent = await this.#send(claimed);
      const settled = this.#judge(claimed, at, sent);
      if (sent.verdict === "retry") {
        restMs = settled.nextAttemptAt
          ? settled.nextAttemptAt.getTime() - this.ground.clock.now().getTime()
          : slowMs;
      }
      // Ended only now: the next message of this channel starts when this one's end is durable, so order holds.
      await this.#settler.write(settled);
    } finally {
      this.#lanes.ended(channelId, restMs);
      release();
    }
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
