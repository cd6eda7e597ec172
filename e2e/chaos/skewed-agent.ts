import { FakeAgent } from "@/testing/fake-agent";
import type { Api } from "../api";
import { pause } from "./seeded";

/** An agent whose clock is off by `skewMs`: it beats and logs by it, and does health checks. */
export class SkewedAgent {
  beatsAcknowledged = 0;
  /** Lines that it wrote, in their order. */
  readonly lines: string[] = [];
  private readonly agent: FakeAgent;
  private beating = false;
  private loop: Promise<void> = Promise.resolve();

  private constructor(
    url: string,
    key: string,
    readonly id: string,
    readonly name: string,
    public skewMs: number,
    private readonly everyMs: number,
  ) {
    this.agent = new FakeAgent({ url, key });
    this.agent.onCommand = async ({ id: command }) => {
      for (const state of ["acknowledged", "running", "succeeded"]) await this.agent.update(command, state);
    };
  }

  static async start(
    url: string,
    api: Api,
    { name, skewMs, everyMs }: { name: string; skewMs: number; everyMs: number },
  ): Promise<SkewedAgent> {
    const made = await api.call<{ id: string; key: string }>("POST", "/v1/agents", { name });
    const agent = new SkewedAgent(url, made.key, made.id, name, skewMs, everyMs);
    await agent.comeBack();
    return agent;
  }

  async comeBack(): Promise<void> {
    await this.agent.connect();
    this.beating = true;
    this.loop = this.keepBeating();
  }

  /** A last beat, then it is gone without a word. Answers when it was heard last, by our monotonic clock. */
  async lose(): Promise<number> {
    await this.rest();
    await this.agent.beat(this.said());
    const lastMs = performance.now();
    this.agent.vanish();
    return lastMs;
  }

  async stop(): Promise<void> {
    await this.rest();
    this.agent.socket.disconnect();
  }

  private async rest(): Promise<void> {
    this.beating = false;
    await this.loop;
  }

  /** What it says by its own clock: at work, with progress a moment ago, and how far it believes to be off. */
  private said() {
    const at = Date.now() + this.skewMs;
    return { at, progressAt: at - 200, clockOffsetMs: -this.skewMs };
  }

  private async keepBeating(): Promise<void> {
    while (this.beating) {
      const answer = await this.agent.beat(this.said()).catch(() => null);
      if (answer?.ok) this.beatsAcknowledged += 1;
      const message = `line ${this.lines.length}`;
      const told = await this.agent.logs([{ at: Date.now() + this.skewMs, message }]).catch(() => null);
      if (told?.ok) this.lines.push(message);
      await pause(this.everyMs);
    }
  }
}
