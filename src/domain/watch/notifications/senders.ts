import type { ChannelKind } from "@/contracts/watch/channel";
import type { Out } from "@/platform/out";
import type { ChannelConfig } from "../channels/config";
import { judgeTeamsAnswer, type Sent } from "./teams-answer";

/** What a sender needs of the machine. `consoleUrl`: public origin, for links. `sendTimeoutMs`: 10 s unless said. */
export type Outside = { out: Out; consoleUrl: string; sendTimeoutMs?: number };

/** Longest time that one message may take, unless `Outside` says otherwise. */
export const defaultSendTimeoutMs = 10_000;
const maxAnswerBytes = 4_096;

type Sender = (outside: Outside, config: ChannelConfig, message: unknown) => Promise<Sent>;

/** One sender a kind. A sender tries once, never throws for trouble outside, and never repeats by itself. */
const senders: Record<ChannelKind, Sender> = {
  teams: async ({ out, sendTimeoutMs }, { url }, message) => {
    const limits = { timeoutMs: sendTimeoutMs ?? defaultSendTimeoutMs, maxAnswerBytes };
    return judgeTeamsAnswer(
      await out.post(url, JSON.stringify(message), { "content-type": "application/json" }, limits),
    );
  },
};

export function send(
  outside: Outside,
  kind: ChannelKind,
  config: ChannelConfig,
  message: unknown,
): Promise<Sent> {
  return senders[kind](outside, config, message);
}
