import type { Log } from "../log";
import type { Bus } from "./bus";
import { createHealth } from "./health";
import { connectRedis } from "./redis-connection";
import { createSubscribers } from "./subscribers";

interface RedisBusOptions {
  /** Instances with the same prefix hear each other. */
  prefix: string;
  /** Unique for each running process. */
  instanceId: string;
  log?: Log;
}

/** How often the loop-back ping goes out, and how old its answer may be before Redis counts as away. */
const pingEveryMs = 1_000;
const checkEveryMs = 250;
const silentAfterMs = 2_200;
/** A connection that stayed silent is opened anew: the host behind it may be gone without a word. */
const reconnectAfterMs = 5_000;
/** Messages on their way to Redis. A stopped Redis is noticed after seconds; until then memory must not grow. */
const mostInFlight = 10_000;

/**
 * The bus of several instances. One Redis channel carries every topic as `origin topic json`, so that a late
 * subscription misses nothing and own messages are dropped before they are parsed. Own pings come back on a channel
 * of their own: only a message that made the whole way proves that Redis passes messages on.
 */
export function redisBus<Topics extends object>(url: string, options: RedisBusOptions): Bus<Topics> {
  const { prefix, instanceId, log } = options;
  if (/\s/.test(instanceId)) throw new Error("An instance id must not contain spaces.");
  const channel = `${prefix}:bus`;
  const pingChannel = `${prefix}:ping:${instanceId}`;
  const subscribers = createSubscribers<Topics>(log);
  const health = createHealth({ ok: false, since: new Date(), reason: "Redis is being connected." }, log);

  let closed = false;
  let dropped = 0;
  let inFlight = 0;
  let pingInFlight = false;
  /** Pings of a connection that broke prove nothing for the next one. */
  let generation = 0;
  let lastPongMs = performance.now();
  let quietSinceMs = performance.now();

  const onLoss = (reason: string) => {
    generation += 1;
    if (closed || !health.current().ok) return;
    quietSinceMs = performance.now();
    dropped = 0;
    log?.warn({ reason }, "Redis is away: this instance works on alone.");
    health.change({ ok: false, since: new Date(), reason });
  };

  const onPong = (text: string) => {
    if (closed || text !== String(generation)) return;
    lastPongMs = performance.now();
    if (health.current().ok) return;
    log?.info({ dropped }, "Redis passes messages on.");
    health.change({ ok: true, since: new Date(), gap: dropped });
    dropped = 0;
  };

  const onMessage = (text: string) => {
    const originEnd = text.indexOf(" ");
    const topicEnd = text.indexOf(" ", originEnd + 1);
    const origin = text.slice(0, originEnd);
    const topic = text.slice(originEnd + 1, topicEnd);
    if (closed || origin === instanceId || !subscribers.has(topic)) return;
    try {
      subscribers.deliver(topic, JSON.parse(text.slice(topicEnd + 1)), { local: false, origin });
    } catch (error) {
      log?.error({ err: error, topic, origin }, "A message on the bus is not JSON and was dropped.");
    }
  };

  const redis = connectRedis(url, [channel, pingChannel], {
    onReady: ping,
    onLoss,
    onMessage: (from, text) => (from === pingChannel ? onPong(text) : onMessage(text)),
  });

  function ping(): void {
    if (closed || pingInFlight || !redis.isReady()) return;
    pingInFlight = true;
    redis.publish(pingChannel, String(generation)).finally(() => {
      pingInFlight = false;
    });
  }

  function check(): void {
    const nowMs = performance.now();
    if (health.current().ok) {
      if (nowMs - lastPongMs > silentAfterMs) onLoss("Redis is connected, but passes no messages on.");
    } else if (nowMs - quietSinceMs > reconnectAfterMs) {
      quietSinceMs = nowMs;
      redis.reconnect();
    }
  }

  const timers = [setInterval(ping, pingEveryMs), setInterval(check, checkEveryMs)];
  for (const timer of timers) timer.unref();

  function send(topic: string, message: unknown): void {
    if (!health.current().ok || !redis.isReady() || inFlight >= mostInFlight) {
      dropped += 1;
      return;
    }
    inFlight += 1;
    redis.publish(channel, `${instanceId} ${topic} ${JSON.stringify(message)}`).then((sent) => {
      inFlight -= 1;
      if (!sent) dropped += 1;
    });
  }

  return {
    instanceId,
    publish(topic, message) {
      if (closed) return;
      queueMicrotask(() => subscribers.deliver(topic, message, { local: true, origin: instanceId }));
      try {
        send(topic, message);
      } catch (error) {
        log?.error({ err: error, topic }, "A message could not be sent to the other instances.");
      }
    },
    subscribe: (topic, handler) => subscribers.add(topic, handler),
    health: health.current,
    onHealth: health.onChange,
    async close() {
      if (closed) return;
      // Order is kept on the connection: when this ping is answered, everything published before it is out.
      if (health.current().ok) await redis.drain(500);
      closed = true;
      for (const timer of timers) clearInterval(timer);
      redis.close();
    },
  };
}
