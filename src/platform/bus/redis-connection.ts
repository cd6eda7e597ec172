import { Redis, type RedisOptions } from "ioredis";

interface Listeners {
  /** Both connections are up and subscribed. */
  onReady(): void;
  onLoss(reason: string): void;
  onMessage(channel: string, text: string): void;
}

/** Backoff from 50 ms to a second, with jitter, so that many instances do not come back at the same instant. */
function retryDelayMs(attempt: number): number {
  const full = Math.min(1_000, 50 * 2 ** Math.min(attempt, 5));
  return full / 2 + Math.random() * (full / 2);
}

const options: RedisOptions = {
  lazyConnect: false,
  connectTimeout: 3_000,
  // Nothing is kept for later: a bus message that could not go out now is dropped.
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
  keepAlive: 5_000,
  retryStrategy: retryDelayMs,
};

/** A connection that publishes and one that listens, which come and go together as far as callers see. */
export function connectRedis(url: string, channels: string[], listeners: Listeners) {
  const publisher = new Redis(url, options);
  const subscriber = new Redis(url, options);
  let subscribed = false;

  const isReady = () => subscribed && publisher.status === "ready";
  const announce = () => {
    if (isReady()) listeners.onReady();
  };
  let lastError = "";
  for (const connection of [publisher, subscriber]) {
    connection.on("error", (error: Error) => {
      lastError = error.message;
    });
    connection.on("close", () => {
      if (connection === subscriber) subscribed = false;
      listeners.onLoss(`The connection to Redis closed${lastError ? ` (${lastError})` : ""}.`);
    });
  }
  publisher.on("ready", announce);
  subscriber.on("ready", () => {
    subscriber.subscribe(...channels).then(
      () => {
        subscribed = true;
        announce();
      },
      // A subscription that fails leaves a connection that hears nothing: open it anew.
      () => subscriber.disconnect(true),
    );
  });
  subscriber.on("message", listeners.onMessage);

  return {
    isReady,
    /** True when Redis has taken the message. Never rejects. */
    publish: (channel: string, text: string): Promise<boolean> =>
      publisher.publish(channel, text).then(
        () => true,
        () => false,
      ),
    reconnect(): void {
      for (const connection of [publisher, subscriber]) {
        if (connection.status !== "reconnecting" && connection.status !== "end") connection.disconnect(true);
      }
    },
    /** Waits until Redis has answered everything sent so far, at most `limitMs`. */
    async drain(limitMs: number): Promise<void> {
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise((resolve) => {
        timer = setTimeout(resolve, limitMs);
      });
      await Promise.race([publisher.ping().catch(() => undefined), limit]);
      clearTimeout(timer);
    },
    close(): void {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}
