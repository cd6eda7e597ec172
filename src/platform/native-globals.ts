import timers from "node:timers";
import timersPromises from "node:timers/promises";

/**
 * Runs `load` and puts the process's clock, ticks and timers back as they were. Next replaces them for a way of
 * rendering that this product does not use; each tick and each time would pay for it, and beats take thousands of both
 * every second.
 */
export async function keepNativeGlobals<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  const { Date: NativeDate, setImmediate, clearImmediate } = globalThis;
  const { random } = Math;
  const { nextTick } = process;
  const immediatePromise = timersPromises.setImmediate;
  const loaded = await load();
  globalThis.Date = NativeDate;
  NativeDate.prototype.constructor = NativeDate;
  Math.random = random;
  process.nextTick = nextTick;
  globalThis.setImmediate = timers.setImmediate = setImmediate;
  globalThis.clearImmediate = timers.clearImmediate = clearImmediate;
  timersPromises.setImmediate = immediatePromise;
  return loaded;
}
