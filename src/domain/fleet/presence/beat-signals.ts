import type { BeatSignal, Topics } from "@/contracts/signals";
import type { Bus } from "@/platform/bus";

/** Beats of one turn of the event loop as one message: the latest of each agent. */
export class BeatSignals {
  private gathered = new Map<string, BeatSignal>();

  constructor(private readonly bus: Bus<Topics>) {}

  add(signal: BeatSignal): void {
    if (this.gathered.size === 0) setImmediate(() => this.send());
    this.gathered.set(signal.agentId, signal);
  }

  private send(): void {
    const beats = [...this.gathered.values()];
    this.gathered = new Map();
    this.bus.publish("beats", beats);
  }
}
