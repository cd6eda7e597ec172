/** Draws what changed, right before the browser paints. */
export interface Painter {
  /** Runs `flush` before the next paint when it is `urgent`, else before the one whose turn it is; the latest of all. */
  paint(flush: () => void, urgent: boolean): void;
  /** Runs when what waits now is on the screen. */
  painted(run: () => void): void;
}

/** So much of the page's thread goes into what only beats tell: a fleet beats as often as a screen can be painted. */
const share = 0.1;
const longestRestMs = 250;
/** A hidden tab paints nothing, but its title has to stay true. */
const hiddenEveryMs = 1_000;

/**
 * A page stays open all day, on slow machines too. So after each paint it rests nine times as long as that took, a
 * quarter of a second at most, while there is nothing but beats; what a fact tells is painted at once.
 */
export class PagePainter implements Painter {
  private flush: (() => void) | null = null;
  private readonly afterwards: (() => void)[] = [];
  private frame: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private restsUntilMs = 0;

  constructor() {
    // A frame that was asked for does not come any more when the tab is hidden before it.
    document.addEventListener("visibilitychange", () => this.flush && this.ask(0));
  }

  paint(flush: () => void, urgent: boolean): void {
    const waits = this.flush !== null;
    this.flush = flush;
    if (waits && (!urgent || this.frame !== null || document.visibilityState === "hidden")) return;
    this.ask(urgent ? 0 : this.restsUntilMs - performance.now());
  }

  painted(run: () => void): void {
    if (this.flush) this.afterwards.push(run);
    else requestAnimationFrame(() => afterThisPaint(run));
  }

  private ask(restMs: number): void {
    clearTimeout(this.timer);
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.frame = null;
    if (document.visibilityState === "hidden")
      this.timer = setTimeout(() => this.drawUnseen(), hiddenEveryMs);
    else if (restMs > 0) this.timer = setTimeout(() => this.ask(0), restMs);
    else this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    this.frame = null;
    const beganMs = performance.now();
    // What comes before the paint is over waits at first as long as for the slowest.
    this.restsUntilMs = beganMs + longestRestMs;
    this.takeFlush();
    const afterwards = this.afterwards.splice(0);
    afterThisPaint(() => {
      const nowMs = performance.now();
      this.restsUntilMs = nowMs + Math.min(longestRestMs, (nowMs - beganMs) * (1 / share - 1));
      if (this.flush && this.frame === null) this.ask(this.restsUntilMs - nowMs);
      for (const run of afterwards) run();
    });
  }

  private drawUnseen(): void {
    this.takeFlush();
    this.afterwards.length = 0;
  }

  private takeFlush(): void {
    const flush = this.flush;
    this.flush = null;
    flush?.();
  }
}

/** To be called from inside a frame: a task that is queued there comes after its paint. */
function afterThisPaint(run: () => void): void {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    channel.port1.close();
    run();
  };
  channel.port2.postMessage(null);
}
