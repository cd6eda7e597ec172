import type { AgentStatus } from "@/contracts/fleet/status";

type Standing = { host: string | null; status: AgentStatus };
type Count = { total: number; offline: number };

/** Those whom nobody expects to be there. */
const unexpected: readonly AgentStatus[] = ["stopped", "never-connected"];

/** How many agents are expected and how many of them offline, in all and by host, kept as they change. */
export class Head {
  private readonly agents = new Map<string, Standing>();
  private readonly hosts = new Map<string, Count>();
  readonly all: Count = { total: 0, offline: 0 };

  get(id: string): Standing | undefined {
    return this.agents.get(id);
  }

  put(id: string, { host, status }: Standing): void {
    this.take(id);
    this.agents.set(id, { host, status });
    this.add({ host, status }, 1);
  }

  take(id: string): void {
    const known = this.agents.get(id);
    if (!known) return;
    this.agents.delete(id);
    this.add(known, -1);
  }

  ofHost(host: string): Count {
    return this.hosts.get(host) ?? { total: 0, offline: 0 };
  }

  private add({ host, status }: Standing, by: 1 | -1): void {
    if (unexpected.includes(status)) return;
    const ofHost = host === null ? null : this.ofHost(host);
    for (const count of [this.all, ofHost]) {
      if (!count) continue;
      count.total += by;
      if (status === "offline") count.offline += by;
    }
    if (host !== null && ofHost) this.hosts.set(host, ofHost);
  }
}
