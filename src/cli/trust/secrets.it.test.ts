import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { channels } from "@/db/schema";
import { mainAccount } from "@/domain/kernel";
import { sealer } from "@/platform/crypto";
import { testDatabase } from "@/testing/database";
import { buildMc, type McCommand } from "@/testing/mc-command";

const [oldSecret, newSecret] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
let db: Awaited<ReturnType<typeof testDatabase>>;
let mc: McCommand;
beforeAll(async () => {
  db = await testDatabase();
  mc = await buildMc({ DATABASE_URL: db.url, MC_SECRET: newSecret.toString("hex") });
});
afterAll(async () => {
  await mc.close();
  await db.close();
});

const sealedConfig = () =>
  db.orm
    .select()
    .from(channels)
    .where(eq(channels.id, "chn_1"))
    .then(([row]) => row?.sealedConfig ?? "");

test("mc secrets rotate moves a channel to the new secret, and says when a secret is missing", async () => {
  const config = sealer(oldSecret).seal('{"url":"https://hooks.example.com/1"}', "channel");
  const now = new Date();
  await db.orm.insert(channels).values({
    id: "chn_1",
    accountId: mainAccount,
    kind: "teams",
    name: "Ops",
    sealedConfig: config,
    target: "https://hooks.example.com/…",
    enabled: true,
    failuresInRow: 0,
    createdAt: now,
  });

  const without = await mc.run(["secrets", "rotate"]);
  expect(without).toMatchObject({ code: 1, out: expect.stringContaining("MC_SECRET_PREVIOUS") });
  expect(without.out).toContain("channels.sealed_config: 0 sealed anew, 0 already, 1 open with no secret");
  expect(await sealedConfig()).toBe(config);

  const previous = { MC_SECRET_PREVIOUS: oldSecret.toString("base64") };
  const rotated = await mc.run(["secrets", "rotate", "--json"], previous);
  expect(rotated, rotated.err).toMatchObject({ code: 0 });
  expect(JSON.parse(rotated.out)).toContainEqual({
    column: "channels.sealed_config",
    renewed: 1,
    current: 0,
    unreadable: 0,
  });
  expect(sealer(newSecret).open(await sealedConfig(), "channel")).toContain("hooks.example.com");

  const again = await mc.run(["secrets", "rotate"]);
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining("1 already") });
});
