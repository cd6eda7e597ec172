import { randomUUID } from "node:crypto";
import type { Command } from "@/contracts/fleet/command";
import { openCommandStates } from "@/contracts/fleet/command-states";
import type { TestDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import { Api } from "../api";
import { pause } from "./seeded";
import { WorkingAgent } from "./working-agent";

export type Accepted = { id: string; agentId: string };

/** Agents under load and a stream of commands, all through the product's outer doors. */
export class FleetUnderTest {
  readonly agents: WorkingAgent[] = [];
  readonly accepted: Accepted[] = [];
  private stopping = false;
  private commanding: Promise<void> = Promise.resolve();

  private constructor(
    private readonly api: Api,
    private readonly db: TestDatabase,
  ) {}

  static async start(urls: string[], db: TestDatabase, count: number): Promise<FleetUnderTest> {
    const api = await Api.login(urls[0] ?? "");
    const fleet = new FleetUnderTest(api, db);
    for (let index = 0; index < count; index += 1) {
      const made = await api.call<{ id: string; key: string }>("POST", "/v1/agents", {
        name: `worker-${index}`,
      });
      const agent = new WorkingAgent(urls[index % urls.length] ?? "", made.id, made.key);
      await agent.start();
      fleet.agents.push(agent);
    }
    return fleet;
  }

  /** Asks for a health check of one agent after another, insisting on an answer with the same idempotency key. */
  startCommands(everyMs: number): void {
    this.commanding = (async () => {
      for (let turn = 0; !this.stopping; turn += 1) {
        const agent = this.agents[turn % this.agents.length];
        if (agent) await this.command(agent.id);
        await pause(everyMs);
      }
    })();
  }

  private async command(agentId: string): Promise<void> {
    const key = randomUUID();
    while (!this.stopping) {
      const answer = await this.api
        .raw(
          "POST",
          `/v1/agents/${agentId}/commands`,
          { kind: "health-check", reason: "chaos", waitMs: 60_000 },
          key,
        )
        .catch(() => null);
      if (answer?.status === 201) {
        this.accepted.push({ id: (answer.body as Command).id, agentId });
        return;
      }
      // Another command is still open on this agent: not this one's turn.
      if (answer?.status === 409) return;
      await pause(200);
    }
  }

  /** Stops the stream and waits until every accepted command is final. */
  async settle(): Promise<void> {
    this.stopping = true;
    await this.commanding;
    await eventually(async () => (await this.openCommands()) === 0, { timeoutMs: 60_000, everyMs: 200 });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.commanding;
    await Promise.all(this.agents.map((agent) => agent.stop()));
  }

  private async openCommands(): Promise<number> {
    const [row] = await this.db.sql<{ open: number }[]>`
      select count(*)::int as open from commands where state = any(${[...openCommandStates]}::text[])`;
    return row?.open ?? 0;
  }
}
