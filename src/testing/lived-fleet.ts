import type { NewFact } from "@/contracts/facts";
import type { LogLevel } from "@/contracts/fleet/log-line";
import type { AgentStatus } from "@/contracts/fleet/status";
import { agentPresence } from "@/db/schema";
import { appendLines } from "@/domain/fleet/logs";
import { mainAccount, systemCtx, transact } from "@/domain/kernel";
import type { RuleLineWatch } from "@/domain/watch/observe/line-watch";
import type { TestGround } from "./ground";
import { addWatchedAgent } from "./watch";

export const agents = ["agt_a", "agt_b", "agt_c", "agt_d", "agt_e"] as const;
const hostOf = (id: string) => (id < "agt_d" ? "web-1" : "web-2");

/** A fleet that writes what the fleet's verbs would write: the table and the facts in one transaction. */
export class Fleet {
  readonly status = new Map<string, AgentStatus>();
  private lines = 0;

  constructor(
    private readonly ground: TestGround,
    private readonly watch: RuleLineWatch,
  ) {}

  async arrive(): Promise<void> {
    for (const id of agents) {
      await addWatchedAgent(this.ground, { id, ...(id < "agt_c" ? { group: "front" } : {}) });
      await this.say(id, "online", "agent.came_online");
    }
  }

  async say(id: string, status: AgentStatus, kind: NewFact["kind"], more: Partial<NewFact> = {}) {
    const now = this.ground.clock.now();
    const before = this.status.get(id) ?? "never-connected";
    this.status.set(id, status);
    const row = {
      ...{
        agentId: id,
        accountId: mainAccount,
        status,
        statusSince: now,
        decidedBy: "test",
        host: hostOf(id),
      },
    };
    await transact(systemCtx(this.ground), async ({ tx, record }) => {
      await tx
        .insert(agentPresence)
        .values(row)
        .onConflictDoUpdate({
          target: agentPresence.agentId,
          set: { status, statusSince: now, host: hostOf(id) },
        });
      const activity = more.after?.activity ?? null;
      record({
        kind,
        target: { kind: "agent", id, name: id },
        reason: more.reason ?? null,
        before: { status: before },
        after: { status, activity, statusSince: now.toISOString(), ...more.after },
        data: { host: hostOf(id), lastBeatAt: new Date(now.getTime() - 6_000).toISOString(), ...more.data },
      });
    });
  }

  async command(id: string, how: "succeeded" | "failed" | "expired") {
    await transact(systemCtx(this.ground), async ({ record }) =>
      record({
        kind: `command.${how}`,
        target: { kind: "command", id: this.ground.ids.id("cmd"), name: "restart" },
        after: { state: how, message: "no such thing" },
        data: { agentId: id, kind: "restart" },
      }),
    );
  }

  async log(id: string, level: LogLevel, messages: string[]) {
    const session = { sessionId: "ses", host: hostOf(id), pid: 1, version: null, commandLine: null };
    const lines = messages.map((message) => ({
      ...{ seq: this.lines++, at: this.ground.clock.nowMs(), level, message },
    }));
    const admitted = {
      agentId: id,
      account: mainAccount,
      name: id,
      keyId: null,
      session,
      logsThrough: -1,
      endedAt: null,
      over: false,
    };
    await appendLines(
      this.ground,
      admitted as unknown as Parameters<typeof appendLines>[1],
      { lines },
      this.watch,
    );
  }

  async blind(fromMs: number) {
    const [from, to] = [new Date(fromMs).toISOString(), this.ground.clock.now().toISOString()];
    await transact(systemCtx(this.ground), async ({ record }) =>
      record({
        kind: "monitoring.was_blind",
        target: { kind: "monitoring", id: "blind", name: "Monitoring" },
        after: { id: "blind", from, to, text: "" },
      }),
    );
  }
}
