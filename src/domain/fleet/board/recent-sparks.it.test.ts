import { expect, test } from "vitest";
import { accounts, metricMinutes } from "@/db/schema";
import { createAgent } from "@/domain/fleet/agents";
import { mainAccount } from "@/domain/kernel";
import { fakeClock } from "@/testing/clock";
import { personCtx, testGround } from "@/testing/ground";
import { recentSparks } from "./recent-sparks";

test("ten minutes of every agent of the account, in order, with holes where nothing was measured", async () => {
  const ground = await testGround({ clock: fakeClock("2026-11-21T08:30:20.000Z") });
  const ctx = personCtx(ground);
  await ground.db.orm.insert(accounts).values({ id: "acc_two", name: "Two", createdAt: new Date() });
  const { id } = await createAgent(ctx, { name: "mine" });
  const theirs = await createAgent(personCtx(ground, "admin", "acc_two"), { name: "theirs" });
  const minute = (agentId: string, accountId: string, at: string, cpuPercent: number | null) => ({
    agentId,
    accountId,
    at: new Date(`2026-11-21T08:${at}:00.000Z`),
    cpuPercent,
    beats: 3,
  });
  await ground.db.orm
    .insert(metricMinutes)
    .values([
      minute(id, mainAccount, "10", 99),
      minute(id, mainAccount, "21", 1.26),
      minute(id, mainAccount, "29", 0),
      minute(id, mainAccount, "30", null),
      minute(theirs.id, "acc_two", "25", 5),
    ]);
  const sparks = await recentSparks(ctx);
  expect(sparks.from).toBe("2026-11-21T08:21:00.000Z");
  expect(sparks.byAgent).toEqual({ [id]: [1.3, null, null, null, null, null, null, null, 0, null] });
  await ground.db.close();
});
