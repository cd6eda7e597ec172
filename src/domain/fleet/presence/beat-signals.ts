import type { BeatSignal, Topics } from "@/contracts/signals";
import type { Bus } from "@/platform/bus";

/** So many go out at once: while thousands of sockets speak, the end of the turn is long in coming. */
const mostGathered = 200;

/** Beats of one turn of the event loop as one message: the latest of each agent. */
export class BeatSignals {
  private gathered = new Map<string, BeatSignal>();
  private waiting = false;

  constructor(private readonly bus: Bus<Topics>) {}

  add(signal: BeatSignal): void {
    if (this.gathered.size === 0 && !this.waiting) {
      this.waiting = true;
      setImmediate(() => {
        this.waiting = false;
        this.send();
      });
    }
    this.gathered.set(signal.agentId, signal);
    if (this.gathered.size >= mostGathered) this.send();
  }

  private send(): void {
    if (this.gathered.size === 0) return;
    const beats = [...this.gathered.values()];
    this.gathered = new Map();
    this.bus.publish("beats", beats);
  }
}
