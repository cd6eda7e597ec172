import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { channels } from "@/db/schema";
import { mainAccount } from "@/domain/kernel";
import { type FakeClock, fakeClock } from "@/testing/clock";
import { type TestGround, testGround } from "@/testing/ground";
import { tellOffline } from "@/testing/outbox";
import { outboxTurn } from "./outbox-turn";

let ground: TestGround;
let clock: FakeClock;
beforeAll(async () => {
  clock = fakeClock("2026-03-01T12:00:00.000Z");
  ground = await testGround({ clock });
});
afterAll(() => ground.db.close());

test("what waits for a service that fails is not our lag, also while it is tried again; all else is", async () => {
  await ground.db.orm.insert(channels).values({
    id: "chn_ops",
    accountId: mainAccount,
    kind: "teams",
    name: "Ops Teams",
    sealedConfig: "none",
    target: "https://hooks.example.com/…",
    enabled: true,
    failuresInRow: 0,
    createdAt: clock.now(),
  });
  await tellOffline(ground, ["chn_ops"], ["agt_a"]);
  await clock.advance(90_000);
  expect(await outboxTurn(ground)).toEqual({ lagMs: 90_000, backlog: 1 });
  const standing = (values: { failuresInRow: number; brokenUntil: Date | null }) =>
    ground.db.orm.update(channels).set(values).where(eq(channels.id, "chn_ops"));
  await standing({ failuresInRow: 5, brokenUntil: new Date(clock.nowMs() + 30_000) });
  expect(await outboxTurn(ground)).toEqual({ lagMs: 0, backlog: 1 });
  await clock.advance(60_000);
  expect(await outboxTurn(ground)).toEqual({ lagMs: 0, backlog: 1 });
  await standing({ failuresInRow: 0, brokenUntil: null });
  expect((await outboxTurn(ground)).lagMs).toBe(150_000);
});
