import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agentPresence, channels, factsPending, totpFactors, users } from "@/db/schema";
import { createAgent } from "@/domain/fleet/agents";
import { mainAccount, systemCtx, transact } from "@/domain/kernel";
import { newRecoveryCodes, replaceRecoveryCodes } from "@/domain/people/second-factor/make-recovery-codes";
import { createUser, userRow } from "@/domain/people/users";
import { type TestGround, testGround } from "@/testing/ground";
import { changeOnboarding, findOnboarding } from ".";

let ground: TestGround;
beforeAll(async () => {
  ground = await testGround();
});
afterAll(() => ground.db.close());

const ctx = () => systemCtx(ground);
const doneNow = async () =>
  (await findOnboarding(ctx())).steps.filter(({ done }) => done).map(({ name }) => name);

test("each step is done when the product sees that it is so, and undone when it no longer is", async () => {
  const { db } = ground;
  expect(await findOnboarding(ctx())).toMatchObject({ complete: false, dismissedAt: null });
  expect(await doneNow()).toEqual([]);

  const password = "Correct-horse-7-battery";
  const person = { name: "Ada", role: "admin" as const, password };
  const { id } = await createUser(ctx(), { ...person, email: "ada@example.com" });
  expect(await doneNow()).toEqual(["owner"]);

  const user = await userRow(ctx(), id);
  const codes = await newRecoveryCodes(ctx());
  await transact(ctx(), (unit) => replaceRecoveryCodes(ctx(), unit, user, codes.hashes));
  expect(await doneNow()).toEqual(["owner", "recovery-codes"]);

  const agent = await createAgent(ctx(), { name: "walker" });
  expect(await doneNow()).not.toContain("agent");
  await db.orm
    .update(agentPresence)
    .set({ lastBeatAt: new Date() })
    .where(eq(agentPresence.agentId, agent.id));
  expect(await doneNow()).toContain("agent");

  const channel = { id: "chn_1", name: "Teams", kind: "teams" as const, sealedConfig: "", target: "" };
  const createdAt = new Date();
  await db.orm
    .insert(channels)
    .values({ ...channel, accountId: mainAccount, enabled: true, failuresInRow: 0, createdAt });
  const tested = (delivered: boolean) =>
    transact(ctx(), async (unit) => {
      const target = { kind: "channel" as const, id: channel.id, name: channel.name };
      unit.record({ kind: "channel.tested", target, data: { delivered } });
    });
  await tested(false);
  expect(await findOnboarding(ctx())).toMatchObject({ complete: false });
  await tested(true);
  expect(await findOnboarding(ctx())).toMatchObject({ complete: true });
  expect(await doneNow()).toEqual(["owner", "recovery-codes", "agent", "alert-channel"]);

  const factor = { userId: id, accountId: mainAccount, sealedSecret: "", createdAt };
  await db.orm.insert(totpFactors).values(factor);
  expect(await doneNow()).not.toContain("second-factor");
  await db.orm.update(totpFactors).set({ confirmedAt: createdAt });
  expect(await doneNow()).toContain("second-factor");

  await db.orm.update(channels).set({ deletedAt: createdAt });
  await db.orm.update(users).set({ disabledAt: createdAt });
  expect(await doneNow()).toEqual(["agent"]);
});

test("admins put the list away and bring it back; each change is one fact", async () => {
  const away = await changeOnboarding(ctx(), { dismissed: true });
  expect(away.dismissedAt).not.toBeNull();
  expect(await changeOnboarding(ctx(), { dismissed: true })).toEqual(away);
  expect(await findOnboarding(ctx())).toEqual(away);
  expect(await changeOnboarding(ctx(), { dismissed: false })).toMatchObject({ dismissedAt: null });
  const changed = await ground.db.orm
    .select()
    .from(factsPending)
    .where(eq(factsPending.kind, "setting.changed"));
  expect(changed).toHaveLength(2);
  const viewer = {
    ...ctx(),
    actor: { kind: "user" as const, id: "usr_v", name: "V" },
    role: "viewer" as const,
  };
  await expect(findOnboarding(viewer)).rejects.toMatchObject({ code: "forbidden" });
});
