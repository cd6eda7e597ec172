import { afterEach, beforeEach, expect, test } from "vitest";
import { rawIn } from "@/db/client";
import { systemCtx, transact } from "@/domain/kernel";
import { type TestGround, testGround } from "@/testing/ground";
import { readPage } from "./measured-minute";

/** Two and a half pages. */
const agents = 2_500;
const page = 1_000;
const minute = (index: number) => new Date(Date.parse("2026-11-21T10:00:00Z") + index * 60_000);
let ground: TestGround;

beforeEach(async () => {
  ground = await testGround();
  await ground.db.sql`
    insert into agents (id, account_id, name, tags, created_at)
    select 'agt_' || lpad(ix::text, 5, '0'), 'acc_main', 'worker-' || ix, '{}', now()
    from generate_series(1, ${agents}::int) ix`;
  for (let index = 0; index < 5; index++) {
    // The database has counted the first ones; of the newest it knows nothing, as in every minute of a fleet.
    if (index === 3) await ground.db.sql`analyze`;
    const at = minute(index).toISOString();
    await ground.db.sql`
      insert into metric_minutes (agent_id, account_id, at, beats, cpu_percent)
      select id, 'acc_main', ${at}::timestamptz, 6, ${index} from agents`;
    await ground.db.sql`
      insert into metric_numbers (agent_id, account_id, at, name, value, samples)
      select id, 'acc_main', ${at}::timestamptz, n.name, ${index}, 6 from agents, unnest(array['queue', 'depth']) as n(name)`;
  }
});
afterEach(() => ground.db.close());

test("a page of a minute reads the rows of its own agents, not those of the whole fleet", async () => {
  await transact(systemCtx(ground), async ({ tx }) => {
    const found = await readPage(tx, "acc_main", {
      minute: minute(4),
      metrics: ["cpuPercent", "queue"],
      after: "agt_00500",
    });
    expect(found.agents.map(({ id }) => id).slice(0, 2)).toEqual(["agt_00501", "agt_00502"]);
    expect([found.agents.length, found.last]).toEqual([page, false]);
    const [first] = found.agents;
    if (!first) throw new Error("The page is empty.");
    expect([first.cpuPercent, found.reader("queue")(first), found.reader("depth")(first)]).toEqual([
      4,
      4,
      null,
    ]);
    // Counted by PostgreSQL itself, for this transaction.
    const read = await rawIn(tx)<{ relname: string; rows: number }[]>`
      select relname, (seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_xact_user_tables
      where relname in ('metric_minutes', 'metric_numbers') order by relname`;
    expect(read).toEqual([
      { relname: "metric_minutes", rows: page },
      { relname: "metric_numbers", rows: page },
    ]);
  });
});
