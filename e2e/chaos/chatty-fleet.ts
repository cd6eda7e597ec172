import { FakeAgent } from "@/testing/fake-agent";
import type { Api } from "../api";
import { pause } from "./seeded";

/** As long as a task may be, in a script of three bytes a letter: much for the board to carry from little work. */
const longTask = (turn: number) => `${turn} ${"ー".repeat(280)}`;

/** Many agents whose every beat tells a new, long task. */
export class ChattyFleet {
  acknowledged = 0;
  private stopping = false;
  private loops: Promise<void>[] = [];

  private constructor(
    readonly ids: string[],
    private readonly agents: FakeAgent[],
  ) {}

  static async start(url: string, api: Api, count: number): Promise<ChattyFleet> {
    const ids: string[] = [];
    const agents: FakeAgent[] = [];
    for (let index = 0; index < count; index += 10) {
      await Promise.all(
        Array.from({ length: Math.min(10, count - index) }, async (_, offset) => {
          const name = `chatty-${index + offset}`;
          const made = await api.call<{ id: string; key: string }>("POST", "/v1/agents", { name });
          const agent = new FakeAgent({ url, key: made.key });
          await agent.connect();
          ids.push(made.id);
          agents.push(agent);
        }),
      );
    }
    return new ChattyFleet(ids, agents);
  }

  beat(everyMs: number): void {
    this.loops = this.agents.map(async (agent, index) => {
      await pause((everyMs * index) / this.agents.length);
      for (let turn = 0; !this.stopping; turn += 1) {
        const answer = await agent.beat({ task: longTask(turn) }).catch(() => null);
        if (answer?.ok) this.acknowledged += 1;
        await pause(everyMs);
      }
    });
  }

  /** They stay connected and say nothing more. */
  async hush(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.loops);
  }

  async stop(): Promise<void> {
    await this.hush();
    for (const agent of this.agents) agent.socket.disconnect();
  }
}
