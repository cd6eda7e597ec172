import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Topics } from "@/contracts/signals";
import { connect } from "@/db/client";
import { findEmbedded, startEmbedded } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { memoryBus } from "@/platform/bus";
import { systemClock } from "@/platform/clock";
import { sealer } from "@/platform/crypto";
import { systemIds } from "@/platform/ids";
import { createLog } from "@/platform/log";
import { eventually } from "@/testing/eventually";
import { buildMc, type McCommand } from "@/testing/mc-command";
import { startStamper } from "@/workers/kernel/stamp";

const log = createLog("silent");
let dataDir: string;
let mc: McCommand;
let stop: () => Promise<void>;
let url: string;
/** This process plays the server: it starts the embedded database, and owns it. */
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "mc-rescue-"));
  chmodSync(dataDir, 0o755);
  mc = await buildMc({ MC_DATA_DIR: dataDir });
  await start();
  await migrateDatabase(url);
});
afterAll(async () => {
  await stop();
  await mc.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<void> {
  const embedded = await startEmbedded({ dataDir, log, durable: false });
  url = embedded.url;
  stop = embedded.stop;
}

/** What a running server does besides: gives the facts their number and hash. */
async function stampAll(): Promise<void> {
  const db = connect(url, { max: 2 });
  const bus = memoryBus<Topics>({ log });
  const ground = { db, bus, clock: systemClock, ids: systemIds, log, sealer: sealer(randomBytes(32)) };
  const stamper = startStamper(ground);
  await eventually(async () => (await db.sql`select seq from facts`).length >= 2);
  await stamper.stop();
  await bus.close();
  await db.close();
}

/** Past the triggers that guard the facts, as only the owner of the database can. */
async function sql(statement: string) {
  const db = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await db.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      return await tx.unsafe(statement);
    });
  } finally {
    await db.end();
  }
}

const create = (email: string) =>
  mc.run(["users", "create", email, "--role", "admin", "--make-password", "--json"]);

test("setup-code prints the code of the first owner, as long as there is none", async () => {
  const first = await mc.run(["setup-code"]);
  expect(first, first.err).toMatchObject({ code: 0, out: expect.stringMatching(/^(\w{4}-){2}\w{4}\n$/) });
  expect(JSON.parse((await mc.run(["setup-code", "--json"])).out).code).toBe(first.out.trim());
});

test("beside a running server it visits the database and leaves it running", async () => {
  const made = await create("first@example.com");
  expect(made, made.err).toMatchObject({ code: 0 });
  expect(await findEmbedded({ dataDir, log })).toBe(url);
  expect(await sql("select email, role from users")).toEqual([{ email: "first@example.com", role: "admin" }]);
  const again = await create("first@example.com");
  expect(again).toMatchObject({ code: 1, err: expect.stringContaining("already") });
  expect(await mc.run(["setup-code"])).toMatchObject({
    code: 1,
    err: expect.stringContaining("an owner already"),
  });
});

test("users create without a password invites; users import takes in a file, or nothing of it", async () => {
  const invited = await mc.run(["users", "create", "guest@example.com"], {
    MC_URL: "https://control.example.com",
  });
  expect(invited, invited.err).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /^Invited guest@example.com as viewer.*\nhttps:\/\/control.example.com\/invite#mci_/s,
    ),
  });
  const file = join(mc.home, "people.csv");
  const hash = "$2b$10$N9qo8uLOickgx2ZMRZoMyeTFXuPw3mjejnQJl9bVXSyWahpFQVLji";
  writeFileSync(
    file,
    `email,role,passwordHash\nin@example.com,viewer,${hash}\nx@example.com,chief,${hash}\n`,
  );
  const bad = await mc.run(["users", "import", file]);
  expect(bad).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^Row 2: role .*\nNothing was imported/s),
  });
  writeFileSync(file, `email,role,passwordHash\nfirst@example.com,viewer,${hash}\n`);
  const none = await mc.run(["users", "import", file]);
  expect(none, none.err).toMatchObject({ code: 0, out: "Users made: 0.\nHere already: first@example.com\n" });
});

test("with the server stopped it starts the database for itself, and ends it again", async () => {
  await stop();
  const reset = await mc.run(["users", "reset-password", "first@example.com"]);
  expect(reset, reset.err).toMatchObject({ code: 0, out: expect.stringMatching(/\nPassword: \S{12,}\n/) });
  expect(await findEmbedded({ dataDir, log })).toBeUndefined();
  const nobody = await mc.run(["users", "reset-password", "nobody@example.com"]);
  expect(nobody).toMatchObject({ code: 4, err: "There is no user nobody@example.com.\n" });
  expect(await findEmbedded({ dataDir, log })).toBeUndefined();
  await start();
});

test("a lost second factor is switched off, and only that", async () => {
  const none = await mc.run(["users", "disable-2fa", "first@example.com"]);
  expect(none, none.err).toMatchObject({ code: 0, out: expect.stringContaining("has no second factor") });
  await sql(`insert into totp_factors (user_id, account_id, sealed_secret, created_at, confirmed_at)
    select id, account_id, 'sealed', now(), now() from users`);
  const off = await mc.run(["users", "disable-2fa", "first@example.com", "--json"]);
  expect(off.code, off.err).toBe(0);
  expect(JSON.parse(off.out)).toMatchObject({ removed: true });
  expect(await sql("select * from totp_factors")).toEqual([]);
  const nobody = await mc.run(["users", "disable-2fa", "nobody@example.com"]);
  expect(nobody).toMatchObject({ code: 4, err: "There is no user nobody@example.com.\n" });
});

test("users unlock lets in again whoever is locked out, and says so when there was no lock", async () => {
  await sql("update users set locked_until = now() + interval '10 minutes', failed_logins = 0");
  const opened = await mc.run(["users", "unlock", "first@example.com"]);
  expect(opened, opened.err).toMatchObject({ code: 0, out: "first@example.com is not locked any more.\n" });
  expect(await sql("select locked_until from users")).toEqual([{ locked_until: null }]);
  const again = await mc.run(["users", "unlock", "first@example.com", "--json"]);
  expect(JSON.parse(again.out)).toMatchObject({ wasLocked: false });
  expect(await mc.run(["users", "unlock", "nobody@example.com"])).toMatchObject({ code: 4 });
});

test("audit verify names the broken row", async () => {
  await stampAll();
  const whole = await mc.run(["audit", "verify", "--json"]);
  expect(whole.code).toBe(0);
  expect(JSON.parse(whole.out).rows).toBeGreaterThanOrEqual(2);
  await sql("update facts set reason = 'changed' where seq = 2");
  const broken = await mc.run(["audit", "verify"]);
  expect(broken).toMatchObject({ code: 1, out: expect.stringContaining("broken at row 2: what it says") });
  const forPrograms = await mc.run(["audit", "verify", "--json"]);
  expect(JSON.parse(forPrograms.out)).toMatchObject({ ok: false, firstBrokenSeq: 2 });
  expect(forPrograms.code).toBe(1);
});

test("a folder without a database is told, and none is made there", async () => {
  const empty = join(mc.home, "data");
  const lost = await mc.run(["audit", "verify"], { MC_DATA_DIR: empty });
  expect(lost).toMatchObject({ code: 1, err: expect.stringContaining(`There is no database in ${empty}`) });
  expect(existsSync(empty)).toBe(false);
});

test("a database that does not answer is told without a stack", async () => {
  const away = await mc.run(["audit", "verify"], { DATABASE_URL: "postgres://u:p@127.0.0.1:1/mc" });
  expect(away.code).toBe(1);
  expect(away.err).toContain("127.0.0.1:1/mc cannot be used: connect ECONNREFUSED");
  expect(away.err.trim().split("\n")).toHaveLength(1);
});
