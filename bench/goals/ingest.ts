import postgres from "postgres";
import type { Bench } from "../bench";
import type { Child } from "../ground/child";
import type { Loaded } from "../load/fleet";
import { OtherCpu } from "../measure/cpu";
import { median, round } from "../measure/spread";

const pairs = 3;

/** Floor: rows/s of one connection that upserts 1,000 rows a statement into a status table, awaited. */
async function rawRows(sql: postgres.Sql, ms: number): Promise<number> {
  const ids = Array.from({ length: 1_000 }, (_, at) => at);
  const startMs = performance.now();
  let [rows, seq] = [0, 0];
  while (performance.now() - startMs < ms) {
    seq += 1;
    const at = new Date().toISOString();
    const cpu = ids.map((id) => ((id * 7 + seq) % 1_000) / 10);
    await sql`
      insert into floor_status select * from unnest(
        ${ids.map((id) => (id * 10 + seq) % 10_000)}::int[], ${ids.map((id) => id % 4)}::smallint[], ${cpu}::real[],
        ${cpu}::real[], ${ids.map(() => seq)}::bigint[], ${ids.map(() => at)}::timestamptz[])
      on conflict (agent_id) do update set status = excluded.status, cpu = excluded.cpu, memory = excluded.memory,
        seq = excluded.seq, seen = excluded.seen where floor_status.seq < excluded.seq`;
    rows += ids.length;
  }
  return rows / ((performance.now() - startMs) / 1_000);
}

/** P5: beats that were acknowledged, so are durable, beside raw batched rows on the same database. */
export async function measureIngest(bench: Bench, databaseUrl: string, fleet: Child): Promise<void> {
  bench.say("P5: durable beats");
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  bench.after(() => sql.end({ timeout: 1 }));
  await sql.unsafe(`
    drop table if exists floor_status;
    create table floor_status (agent_id int primary key, status smallint, cpu real, memory real, seq bigint,
      seen timestamptz) with (fillfactor = 70);
    insert into floor_status select g, 0, 0, 0, 0, now() from generate_series(0, 9999) g`);

  // The rate that it still keeps up with: the next step is too much when answers take longer than 100 ms.
  let rate = 10_000;
  const steps: Record<string, unknown>[] = [];
  for (const next of [10_000, 12_500, 15_000, 20_000]) {
    const tried = await fleet.ask<Loaded>("load", { rate: next, warmMs: 500, ms: 1_500 });
    steps.push({ rate: next, p99: tried.p99, acked: tried.acked });
    if (tried.p99 > 90 || tried.notTaken > 0 || tried.acked < tried.offered) break;
    rate = next;
  }
  const measured: { raw: number; acked: number; p99: number; other: number }[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const raw = await rawRows(sql, 2_000);
    const others = new OtherCpu([process.pid, ...bench.roots]);
    const loaded = await fleet.ask<Loaded>("load", { rate, warmMs: 500, ms: 3_000 });
    measured.push({ raw, acked: loaded.acked / loaded.seconds, p99: loaded.p99, other: others.percent() });
  }
  const ratio = median(measured.map(({ raw, acked }) => acked / raw));
  const p99 = median(measured.map((one) => one.p99));
  const acked = median(measured.map((one) => one.acked));
  bench.add({
    goal: "P5",
    what: "durable beats/s; ack p99",
    baseline: `${Math.round(median(measured.map((one) => one.raw)))} rows/s`,
    product: `${Math.round(acked)}/s; ${p99} ms`,
    ratio: round(ratio, 3).toFixed(3),
    target: "≥ 0.10 (10k/s), ≤ 100 ms",
    met: ratio >= 0.1 && acked >= 9_900 && p99 <= 100,
    detail: { offered: rate, steps, pairs: measured },
  });
}
