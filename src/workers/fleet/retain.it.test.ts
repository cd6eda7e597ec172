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
