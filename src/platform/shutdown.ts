import type { Log } from "./log";

export interface Shutdown {
  /** Registers a part to stop; parts stop in reverse order, one after the other. The answer takes it out again. */
  add(name: string, stop: () => Promise<void>): () => void;
  /** Stops everything once; later calls get the same promise. A part that fails or hangs does not keep the rest. */
  run(): Promise<void>;
}

/** `timeoutMs` is for each part: supervisors kill after ten seconds or more, so no part may take that long. */
export function createShutdown(log: Log, timeoutMs = 5_000): Shutdown {
  const parts: { name: string; stop: () => Promise<void> }[] = [];
  let running: Promise<void> | undefined;

  async function stopPart(name: string, stop: () => Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${name} did not stop within ${timeoutMs} ms`)), timeoutMs);
    });
    try {
      await Promise.race([stop(), timeout]);
    } catch (error) {
      log.error(
        { err: error, part: name },
        "A part did not stop cleanly; the others are stopped all the same.",
      );
    } finally {
      clearTimeout(timer);
    }
  }

  async function stopAll(): Promise<void> {
    for (let part = parts.pop(); part; part = parts.pop()) await stopPart(part.name, part.stop);
  }

  return {
    add(name, stop) {
      const part = { name, stop };
      parts.push(part);
      return () => {
        const index = parts.indexOf(part);
        if (index >= 0) parts.splice(index, 1);
      };
    },
    run() {
      running ??= stopAll();
      return running;
    },
  };
}
