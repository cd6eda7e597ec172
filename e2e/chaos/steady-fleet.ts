import type { AgentAuth } from "@/contracts/wire/agent";
import { FakeAgent } from "@/testing/fake-agent";
import type { Api } from "../api";
import { pause } from "./seeded";

const together = 20;
const hosts = 20;

/** Many agents that only say that they live, on twenty hosts, spread over the servers; all can fall silent at once. */
export class SteadyFleet {
  private beating = false;
  private loops: Promise<void>[] = [];

  private constructor(
    readonly ids: string[],
    private readonly agents: FakeAgent[],
    private readonly everyMs: number,
  ) {}

  static async start(urls: string[], api: Api, count: number, everyMs: number): Promise<SteadyFleet> {
    const ids: string[] = [];
    const agents: FakeAgent[] = [];
    for (let index = 0; index < count; index += together) {
      await Promise.all(
        Array.from({ length: Math.min(together, count - index) }, async (_, offset) => {
          const number = index + offset;
          const name = `steady-${number}`;
          const made = await api.call<{ id: string; key: string }>("POST", "/v1/agents", { name });
          const hostname = `host-${number % hosts}`;
          const auth: Partial<AgentAuth> = { hostname };
          agents.push(new FakeAgent({ url: urls[number % urls.length] ?? "", key: made.key, auth }));
          ids.push(made.id);
        }),
      );
    }
    const fleet = new SteadyFleet(ids, agents, everyMs);
    await fleet.comeBack();
    return fleet;
  }

  /** All beat from now on, those whose server died after coming again; nobody waits for the others. */
  async comeBack(): Promise<void> {
    this.beating = true;
    this.loops = [];
    for (let index = 0; index < this.agents.length; index += together) {
      await Promise.all(
        this.agents.slice(index, index + together).map(async (agent, offset) => {
          if (!agent.socket.connected) await agent.connect();
          await agent.beat();
          this.loops.push(this.keepBeating(agent, (this.everyMs * (index + offset)) / this.agents.length));
        }),
      );
    }
  }

  /** `firstMs` apart from the others, so that they never all beat at once. */
  private async keepBeating(agent: FakeAgent, firstMs: number): Promise<void> {
    await pause(firstMs);
    while (this.beating) {
      await agent.beat().catch(() => null);
      await pause(this.everyMs);
    }
  }

  /** A last beat of each, then not a word more, over connections that stand. Answers from when to when they were. */
  async fallSilent(): Promise<{ firstMs: number; lastMs: number }> {
    this.beating = false;
    await Promise.all(this.loops);
    const firstMs = Date.now();
    await Promise.all(this.agents.map((agent) => agent.beat()));
    return { firstMs, lastMs: Date.now() };
  }

  async stop(): Promise<void> {
    this.beating = false;
    for (const agent of this.agents) agent.socket.disconnect();
    await Promise.all(this.loops);
  }
}
