import { expect } from "vitest";
import type { Fact } from "@/contracts/facts";
import { readFacts } from "@/domain/kernel";
import { genesisHash, hashFact } from "@/domain/kernel/chain";
import type { TestDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import type { FleetUnderTest } from "./fleet-under-test";

/** I1: every line that was acknowledged is stored, and none twice. */
export async function expectLogsOnce(db: TestDatabase, fleet: FleetUnderTest): Promise<void> {
  for (const agent of fleet.agents) {
    const [row] = await db.sql<{ total: number; different: number; highest: number | null }[]>`
      select count(*)::int as total, count(distinct message)::int as different,
        max(substr(message, 6)::int) as highest
      from log_lines where agent_id = ${agent.id}`;
    expect(row?.total, `lines of ${agent.id} stored twice`).toBe(row?.different);
    expect(row?.highest ?? -1).toBeGreaterThanOrEqual(agent.through);
    expect(row?.total, `lines of ${agent.id} with a gap`).toBe((row?.highest ?? -1) + 1);
  }
}

/** I2: every accepted command is final, was done exactly as often as it says, and each transition is a fact once. */
export async function expectCommandsOnce(db: TestDatabase, fleet: FleetUnderTest): Promise<void> {
  const rows = await db.sql<
    { id: string; agent_id: string; state: string }[]
  >`select id, agent_id, state from commands`;
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const { id } of fleet.accepted) expect(known.has(id), `accepted command ${id} is lost`).toBe(true);
  for (const row of rows) {
    const did = fleet.agents.find((agent) => agent.id === row.agent_id)?.done.get(row.id) ?? 0;
    if (row.state === "succeeded") expect(did, `${row.id} succeeded`).toBe(1);
    else if (row.state === "expired" || row.state === "cancelled")
      expect(did, `${row.id} ${row.state}`).toBe(0);
    else expect(did, `${row.id} ${row.state}`).toBeLessThanOrEqual(1);
  }
  const twice = await db.sql`
    select target->>'id' as id, kind, count(*) from facts where kind like 'command.%' group by 1, 2 having count(*) > 1`;
  expect(twice).toEqual([]);
}

/** I4: nothing waits to be stamped, the numbers have no gap and the chain holds from the first fact. */
export async function expectChainWhole(db: TestDatabase): Promise<Fact[]> {
  await eventually(async () => {
    const [row] = await db.sql<{ waiting: number }[]>`select count(*)::int as waiting from facts_pending`;
    return row?.waiting === 0;
  });
  const facts = await readFacts(db, 0, 1_000_000);
  let prevHash = genesisHash;
  facts.forEach((fact, index) => {
    expect(fact.seq).toBe(index + 1);
    expect(fact.prevHash).toBe(prevHash);
    expect(hashFact(fact)).toBe(fact.hash);
    prevHash = fact.hash;
  });
  return facts;
}

/** Agents that were only cut off by our own fault raise no alert. */
export function expectNoFalseAlerts(facts: Fact[]): void {
  expect(facts.filter((fact) => fact.kind === "alert.fired" || fact.kind === "agent.went_offline")).toEqual(
    [],
  );
}
