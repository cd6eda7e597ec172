import type { Log } from "../log";
import type { MessageHandler, MessageMeta } from "./bus";

/** Handlers by topic. One that throws is logged and does not keep the message from the others. */
export function createSubscribers<Topics extends object>(log?: Log) {
  const byTopic: { [Topic in keyof Topics]?: Set<MessageHandler<Topics[Topic]>> } = {};

  return {
    add<Topic extends keyof Topics & string>(
      topic: Topic,
      handler: MessageHandler<Topics[Topic]>,
    ): () => void {
      // A function of its own for each subscription, so that ending one does not end an equal one.
      const own: MessageHandler<Topics[Topic]> = (message, meta) => handler(message, meta);
      const handlers = byTopic[topic] ?? new Set<MessageHandler<Topics[Topic]>>();
      byTopic[topic] = handlers;
      handlers.add(own);
      return () => handlers.delete(own);
    },
    has(topic: string): topic is keyof Topics & string {
      return topic in byTopic;
    },
    deliver<Topic extends keyof Topics & string>(
      topic: Topic,
      message: Topics[Topic],
      meta: MessageMeta,
    ): void {
      for (const handler of byTopic[topic] ?? []) {
        try {
          handler(message, meta);
        } catch (error) {
          log?.error({ err: error, topic }, "A subscriber of the bus failed on a message.");
        }
      }
    },
  };
}
