import type { Log } from "../log";
import type { Bus } from "./bus";
import { createHealth } from "./health";
import { createSubscribers } from "./subscribers";

/** The bus of a single instance: always well, reaches nobody else. */
export function memoryBus<Topics extends object>({
  instanceId = "local",
  log,
}: {
  instanceId?: string;
  log?: Log;
} = {}): Bus<Topics> {
  const subscribers = createSubscribers<Topics>(log);
  const health = createHealth({ ok: true, since: new Date() }, log);
  let closed = false;
  return {
    instanceId,
    publish(topic, message) {
      if (closed) return;
      queueMicrotask(() => subscribers.deliver(topic, message, { local: true, origin: instanceId }));
    },
    subscribe: (topic, handler) => subscribers.add(topic, handler),
    health: health.current,
    onHealth: health.onChange,
    async close() {
      closed = true;
    },
  };
}
