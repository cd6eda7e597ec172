import { cutText } from "@/contracts/kernel/text";
import type { Ground } from "@/domain/kernel";
import { type ChannelConfig, inboxByTarget, openConfig } from "../channels/config";
import { afterFailure, type Patience } from "./backoff";
import { restAfter } from "./breaker";
import type { Claimed } from "./claim";
import type { Message } from "./message";
import { type Outgoing, outgoingOf } from "./outgoing";
import { type Outside, send } from "./senders";
import type { Sent } from "./sent";
import type { Settled } from "./settle";
import { tellableOf } from "./tellable";

const keptAnswerLength = 1_000;

/**
 * What tries of a channel need besides the message: the machine, the channel's opened settings (null: they can't be
 * opened), how patient it is, and how often the channel failed in a row.
 */
export type Attempting = {
  ground: Ground;
  outside: Outside;
  config: ChannelConfig | null;
  patience: Patience;
  failuresBefore: number;
};

/**
 * The channel's settings, opened once for all messages that go there together; null when they can't be. An inbox needs
 * no secret, so one that was lost must not silence the place where people would hear of it.
 */
export function openSettings({ sealer, log }: Ground, channel: Claimed["channel"]): ChannelConfig | null {
  try {
    return openConfig(sealer, channel.kind, channel.sealedConfig);
  } catch (error) {
    log.error({ err: error, channelId: channel.id }, "A channel's settings can't be opened.");
    return channel.kind === "inbox" ? inboxByTarget(channel.target) : null;
  }
}

/** How a try ended, to be written down; `restMs`: so long the channel is spared though its breaker is closed. */
export type Tried = { settled: Settled; restMs: number | null };

/** Gives a message the form of its channel, sends it once, and says what follows. Never throws for trouble outside. */
export async function attempt(with_: Attempting, claimed: Claimed, message: Message): Promise<Tried> {
  const { ground, outside } = with_;
  const at = ground.clock.now();
  const outgoing = prepare(with_, claimed, message);
  const sent = outgoing ? await send(outside, outgoing, () => ground.clock.monotonicMs()) : unopened;
  const inbox = outgoing?.way === "inbox" ? outgoing.row : null;
  const answer = cutText(sent.answer.replaceAll("\u0000", "").toWellFormed(), keptAnswerLength);
  const settled = { claimed, answer, inbox, try: { at, tookMs: sent.tookMs, status: sent.status } };
  if (sent.verdict === "delivered") {
    const rest = { failures: 0, until: null };
    return { settled: { ...settled, state: "delivered", nextAttemptAt: null, rest }, restMs: null };
  }
  return afterTrouble(with_, settled, sent);
}

function afterTrouble(
  { ground, patience, failuresBefore }: Attempting,
  settled: Omit<Settled, "state" | "nextAttemptAt" | "rest">,
  sent: Sent,
): Tried {
  const now = ground.clock.now();
  const failures = failuresBefore + 1;
  const brokenMs = restAfter(failures, sent.retryAfterMs);
  const rest = { failures, until: brokenMs === null ? null : new Date(now.getTime() + brokenMs) };
  const { attempts, createdAt } = settled.claimed.notification;
  const ageMs = now.getTime() - createdAt.getTime();
  const meets = { attempts: attempts + 1, ageMs, random: ground.ids.random() };
  const next = afterFailure(sent, meets, patience);
  const giveUp = next === "give-up";
  const nextAttemptAt = giveUp ? null : new Date(now.getTime() + next.delayMs);
  // An open breaker is kept with the channel, where a person can close it; this rest is for the first failures.
  const spared = sent.verdict === "retry" && rest.until === null;
  return {
    settled: { ...settled, rest, state: giveUp ? "dead" : "pending", nextAttemptAt },
    restMs: spared ? (giveUp ? restAfterDeadMs : next.delayMs) : null,
  };
}

const restAfterDeadMs = 1_000;

/** The message in its channel's form; null when the channel's settings can't be opened. */
function prepare(
  { ground, outside, config }: Attempting,
  { channel }: Claimed,
  message: Message,
): Outgoing | null {
  if (!config) return null;
  const { consoleUrl } = outside;
  return outgoingOf(
    config,
    tellableOf(message, channel.template, consoleUrl),
    ground.clock.now(),
    consoleUrl,
  );
}

const unopened: Sent = {
  verdict: "refused",
  left: false,
  status: 0,
  answer: "The stored settings can't be opened: MC_SECRET is not the one that sealed them. Enter them again.",
  retryAfterMs: null,
  tookMs: 0,
};

/** Why a message must not be sent at all any more; null when it should be. */
export function pointlessBecause({ channel }: Claimed, message: Message | undefined): string | null {
  if (channel.deletedAt) return "Not sent: the channel was deleted.";
  if (!channel.enabled) return "Not sent: the channel is switched off.";
  if (!message) return "Not sent: the message about its beginning never arrived.";
  return null;
}
