import { nowMs } from "../measure/moment";
import { type Quantiles, Spread } from "../measure/spread";

export type Clicked = {
  clicks: number;
  refused: number;
  accepted: Quantiles;
  atAgent: Quantiles;
  doneEverywhere: Quantiles;
};

/** What becomes of clicks, by the agent that each is for: at most one is open an agent. */
export class ClickTimes {
  private readonly accepted = new Spread();
  private readonly atAgent = new Spread();
  private readonly doneEverywhere = new Spread();
  private readonly open = new Map<number, { clickedMs: number; seen: number }>();
  private clicks = 0;
  private refused = 0;

  constructor(private readonly watchers: number) {}

  clicked(agent: number): void {
    this.clicks += 1;
    this.open.set(agent, { clickedMs: nowMs(), seen: 0 });
  }

  wasAccepted(agent: number, ok: boolean): void {
    const click = this.open.get(agent);
    if (ok && click) this.accepted.add(nowMs() - click.clickedMs);
    if (ok) return;
    this.refused += 1;
    this.open.delete(agent);
  }

  reachedAgent(agent: number): void {
    const click = this.open.get(agent);
    if (click) this.atAgent.add(nowMs() - click.clickedMs);
  }

  /** One watcher saw that it is done; the last of them counts. */
  seenDone(agent: number): void {
    const click = this.open.get(agent);
    if (!click) return;
    click.seen += 1;
    if (click.seen < this.watchers) return;
    this.doneEverywhere.add(nowMs() - click.clickedMs);
    this.open.delete(agent);
  }

  /** Clicks that are not done on every watcher yet. */
  get pending(): number {
    return this.open.size;
  }

  sum(): Clicked {
    return {
      clicks: this.clicks,
      refused: this.refused,
      accepted: this.accepted.quantiles(),
      atAgent: this.atAgent.quantiles(),
      doneEverywhere: this.doneEverywhere.quantiles(),
    };
  }
}
