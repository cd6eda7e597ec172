import { sql } from "drizzle-orm";
import { getTableConfig } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Ground, mainAccount, systemCtx } from "@/domain/kernel";
import { sealer } from "@/platform/crypto";
import { type TestGround, testGround } from "@/testing/ground";
import { renewSealed } from "./renew-sealed";
import { sealedColumns } from "./sealed-columns";

const [oldSecret, newSecret] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const [before, after, during] = [sealer(oldSecret), sealer(newSecret), sealer(newSecret, oldSecret)];
const textOf = (table: string, n: number) => `${table} ${n}`;

let ground: TestGround;
beforeAll(async () => {
  ground = await testGround({ sealer: during });
});
afterAll(() => ground.db.close());

/** One row in any table: given values, and for each other column that must have one, a text, number or time. */
async function put(column: (typeof sealedColumns)[number]["column"], sealed: string, n: number) {
  const { name: table, columns } = getTableConfig(column.table);
  const values = columns
    .filter((other) => other === column || other.notNull || other.primary)
    .map((other) => {
      const type = other.getSQLType();
      const value =
        other === column
          ? sealed
          : other.name === "account_id"
            ? mainAccount
            : /^(timestamp|date)/.test(type)
              ? "2026-01-01T00:00:00Z"
              : type === "jsonb"
                ? "{}"
                : type === "boolean"
                  ? "true"
                  : /int|double|serial/.test(type)
                    ? String(n)
                    : type === "text[]"
                      ? "{}"
                      : `row ${n}`;
      const json = other === column && type === "jsonb";
      return {
        name: other.name,
        value: json ? sql`to_jsonb(${value}::text)` : sql`${value}::text::${sql.raw(type)}`,
      };
    });
  await ground.db.orm.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(
      sql`insert into ${sql.identifier(table)} (${sql.join(
        values.map(({ name }) => sql.identifier(name)),
        sql`, `,
      )}) values (${sql.join(
        values.map(({ value }) => value),
        sql`, `,
      )})`,
    );
  });
}

async function sealedTexts({ column }: (typeof sealedColumns)[number]): Promise<string[]> {
  const { name: table } = getTableConfig(column.table);
  const name = sql.identifier(column.name);
  const text = column.getSQLType() === "jsonb" ? sql`${name} #>> '{}'` : sql`${name}`;
  const rows = await ground.db.orm.execute<{ sealed: string }>(
    sql`select ${text} as sealed from ${sql.identifier(table)} where ${name} is not null`,
  );
  return rows.map(({ sealed }) => sealed);
}

const rowsEach = 3;
beforeEach(async () => {
  for (const { column, purpose } of sealedColumns) {
    const { name } = getTableConfig(column.table);
    await ground.db.orm.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql`delete from ${sql.identifier(name)}`);
    });
    for (let n = 0; n < rowsEach; n += 1) await put(column, before.seal(textOf(name, n), purpose), n);
  }
});

const rotate = () => renewSealed({ ...systemCtx(ground as Ground) });

test("after a rotation today's secret alone opens every sealed column", async () => {
  const report = await rotate();
  expect(report).toHaveLength(sealedColumns.length);
  for (const column of report) expect(column).toMatchObject({ renewed: rowsEach, current: 0, unreadable: 0 });
  for (const sealed of sealedColumns) {
    const { name } = getTableConfig(sealed.column.table);
    const texts = (await sealedTexts(sealed)).map((text) => after.open(text, sealed.purpose)).sort();
    expect(texts).toEqual([0, 1, 2].map((n) => textOf(name, n)));
  }
  const [fact] = await ground.db
    .sql`select kind, data from facts_pending where kind = 'security.secret_rotated'`;
  expect(JSON.stringify(fact)).toContain(String(rowsEach * sealedColumns.length));
});

test("a rotation that was broken off goes on, and one that is done does nothing", async () => {
  const [first] = sealedColumns;
  if (!first) throw new Error("nothing is sealed");
  await put(first.column, after.seal("sealed by the running server", first.purpose), 99);
  expect((await rotate())[0]).toMatchObject({ renewed: rowsEach, current: 1 });
  for (const column of await rotate()) expect(column.renewed).toBe(0);
});

test("what no secret opens is counted and left as it is", async () => {
  const [first] = sealedColumns;
  if (!first) throw new Error("nothing is sealed");
  const lost = sealer(Buffer.alloc(32, 9)).seal("lost", first.purpose);
  await put(first.column, lost, 99);
  expect((await rotate())[0]).toMatchObject({ renewed: rowsEach, unreadable: 1 });
  expect(await sealedTexts(first)).toContain(lost);
});
