import type { Ground } from "@/domain/kernel";
import { type Settled, settle } from "./settle";

const retryMs = 500;
const mostAtOnce = 500;
/** So long ends gather that nobody waits for: a transaction for each of hundreds a second would cost more than they. */
const gatherMs = 25;

/**
 * Writes ends of deliveries, those of one moment together: while one transaction runs, the next ones gather. An end
 * is kept until it is written, however long the database is away: a message that was delivered must not go again.
 */
export class Settler {
  #waiting: { settled: Settled; done: () => void }[] = [];
  #running = false;
  #urgent = false;
  #hurry: () => void = () => {};

  constructor(
    readonly ground: Ground,
    readonly holder: string,
  ) {}

  /** Resolves when the end is durable: at once, or, when it is not `urgent`, with the next ones. */
  write(settled: Settled, urgent: boolean): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ settled, done });
      if (urgent || this.#waiting.length >= mostAtOnce) {
        this.#urgent = true;
        this.#hurry();
      }
      if (!this.#running) void this.#run();
    });
  }

  #gather(): Promise<unknown> {
    if (this.#urgent) return Promise.resolve();
    const hurried = new Promise<void>((resolve) => {
      this.#hurry = resolve;
    });
    return Promise.race([this.ground.clock.sleep(gatherMs), hurried]);
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      await this.#gather();
      this.#urgent = this.#waiting.length > mostAtOnce;
      const batch = this.#waiting.splice(0, mostAtOnce);
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
        this.#urgent = true;
        await this.ground.clock.sleep(retryMs);
      }
    }
    this.#running = false;
  }
}
