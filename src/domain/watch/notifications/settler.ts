import type { Ground } from "@/domain/kernel";
import { type Settled, settle } from "./settle";

const retryMs = 500;

/**
 * Writes ends of deliveries, those of one moment together: while one transaction runs, the next ones gather. An end
 * is kept until it is written, however long the database is away: a message that was delivered must not go again.
 */
export class Settler {
  #waiting: { settled: Settled; done: () => void }[] = [];
  #running = false;

  constructor(
    readonly ground: Ground,
    readonly holder: string,
  ) {}

  /** Resolves when the end is durable. */
  write(settled: Settled): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ settled, done });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, 500);
      try {
        await settle(
          this.ground,
          this.holder,
          batch.map((entry) => entry.settled),
        );
        for (const { done } of batch) done();
      } catch (error) {
        this.ground.log.warn(
          { err: error, count: batch.length },
          "Ends of deliveries can't be written now; tried again.",
        );
        this.#waiting.unshift(...batch);
        await this.ground.clock.sleep(retryMs);
      }
    }
    this.#running = false;
  }
}
