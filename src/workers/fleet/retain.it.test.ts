import { expect, it } from "vitest";
import { eventually } from "@/testing/eventually";
import { testGround } from "@/testing/ground";
import { startRetention } from "./retain";

it("makes the coming days at its start, and drops the log days that ended more than a week ago", async () => {
  const ground = await testGround();
  const { sql } = ground.db;
  await sql`select mc_ensure_partitions(now() - interval '10 days')`;
  const days = async () =>
    (
      await sql<{ name: string }[]>`
        select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'log_lines'::regclass and c.relname ~ '[0-9]{8}$'`
    ).map((row) => row.name);
  const nameOf = (agoDays: number) =>
    `log_lines_${new Date(Date.now() - agoDays * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "")}`;
  const before = await days();
  expect(before).toContain(nameOf(10));
  const retention = startRetention(ground);
  await eventually(async () => !(await days()).includes(nameOf(9)));
  const after = await days();
  for (const kept of [0, -1, -2]) expect(after).toContain(nameOf(kept));
  expect(after).not.toContain(nameOf(10));
  await retention.stop();
  await ground.db.close();
});

it("forgets minutes and numbers of more than eight days ago", async () => {
  const ground = await testGround();
  const { sql } = ground.db;
  await sql`insert into metric_minutes (agent_id, at, account_id, beats)
    select 'agt_a', now() - interval '1 day' * day, 'acc_main', 1 from generate_series(0, 12) day`;
  await sql`insert into metric_numbers (agent_id, at, name, account_id, value, samples)
    select 'agt_a', now() - interval '1 day' * day, 'depth', 'acc_main', 1, 1 from generate_series(0, 12) day`;
  const retention = startRetention(ground);
  for (const table of ["metric_minutes", "metric_numbers"])
    await eventually(async () => expect(await sql`select 1 from ${sql(table)}`).toHaveLength(8));
  await retention.stop();
  await ground.db.close();
});
