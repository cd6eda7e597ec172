import type { CommandMessage } from "@/contracts/wire/agent";
import { FakeAgent } from "@/testing/fake-agent";
import { pause } from "./seeded";

/**
 * An agent that keeps a ledger of what the server acknowledged, and does what an honest agent does through any
 * fault: sends again what was not answered, goes on behind `logsThrough`, acts only on an acknowledged command,
 * and does each command once.
 */
export class WorkingAgent {
  /** Highest log `seq` that the server called durable. */
  through = -1;
  beatsAcknowledged = 0;
  /** Command id → how often it was really done. */
  readonly done = new Map<string, number>();
  private written = 0;
  private stopping = false;
  private readonly agent: FakeAgent;
  private readonly journal = new Map<string, "received" | "done">();
  private loops: Promise<void>[] = [];

  constructor(
    url: string,
    readonly id: string,
    key: string,
  ) {
    this.agent = new FakeAgent({ url, key, reconnect: true });
    this.agent.onCommand = (command) => void this.carryOut(command);
    // After a refusal Socket.IO does not come back by itself.
    this.agent.socket.on("connect_error", () => {
      if (!this.agent.socket.active) setTimeout(() => this.stopping || this.agent.socket.connect(), 1_000);
    });
    this.agent.socket.on("welcome", (welcome: { logsThrough: number }) => {
      this.through = Math.max(this.through, welcome.logsThrough);
    });
  }

  async start(): Promise<void> {
    await this.agent.connect();
    this.loops = [this.keepBeating(), this.keepLogging()];
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.loops);
    this.agent.socket.disconnect();
  }

  /** Its connection breaks; it comes back by itself as soon as it is let in. */
  dropLine(): void {
    if (this.agent.socket.connected) this.agent.socket.io.engine.close();
  }

  /** Lines that it wrote, acknowledged or not. */
  get lines(): number {
    return this.written;
  }

  private async keepBeating(): Promise<void> {
    while (!this.stopping) {
      const answer = await this.agent.beat({ task: `at ${this.beatsAcknowledged}` }).catch(() => null);
      if (answer?.ok) this.beatsAcknowledged += 1;
      await pause(150);
    }
  }

  private async keepLogging(): Promise<void> {
    while (!this.stopping) {
      if (this.written - this.through < 200) this.written += 5;
      const first = this.through + 1;
      const lines = Array.from({ length: Math.max(0, Math.min(this.written - first, 100)) }, (_, index) => ({
        seq: first + index,
        at: Date.now(),
        level: "info",
        message: `line ${first + index}`,
      }));
      const answer = lines.length > 0 ? await this.agent.say("logs", { lines }).catch(() => null) : null;
      if (answer?.ok === true && typeof answer.through === "number")
        this.through = Math.max(this.through, answer.through);
      await pause(60);
    }
  }

  private async carryOut(command: CommandMessage): Promise<void> {
    if (this.journal.has(command.id)) return;
    this.journal.set(command.id, "received");
    const allowed = await this.insist(command.id, "acknowledged");
    if (!allowed) return;
    await this.insist(command.id, "running");
    this.done.set(command.id, (this.done.get(command.id) ?? 0) + 1);
    this.journal.set(command.id, "done");
    await this.insist(command.id, "succeeded");
  }

  /** Says it until it was answered; false when the server refuses it for good. */
  private async insist(id: string, state: string): Promise<boolean> {
    for (;;) {
      const answer = await this.agent.update(id, state).catch(() => null);
      if (answer?.ok) return true;
      if (answer && !answer.ok && answer.error.code !== "unavailable" && answer.error.code !== "internal")
        return false;
      if (this.stopping) return false;
      await pause(100);
    }
  }
}
