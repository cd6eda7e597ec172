import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CommandState } from "@/contracts/fleet/command";
import { commands } from "@/db/schema";
import { createAgent } from "@/domain/fleet/agents";
import { requestCommands } from "@/domain/fleet/commands";
import { mainAccount } from "@/domain/kernel";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { loadPictures } from "./load-picture";
import { endedShownMs } from "./picture";

let ground: TestGround;

beforeAll(async () => {
  ground = await testGround();
});
afterAll(() => ground.db.close());

test("a restarted board shows a batch whole while one of it is open or ended a moment ago", async () => {
  const operator = personCtx(ground, "operator");
  const agentIds: string[] = [];
  for (const name of ["first", "second"]) agentIds.push((await createAgent(operator, { name })).id);
  const wish = { kind: "restart" as const, reason: "Spins", agentIds, waitMs: 60_000 };
  const [one, other] = (await requestCommands(operator, wish)).map(({ id }) => id);
  const end = (id: string | undefined, state: CommandState, agoMs: number) =>
    ground.db.orm
      .update(commands)
      .set({ state, finishedAt: new Date(Date.now() - agoMs) })
      .where(eq(commands.id, id ?? ""));
  const shown = async () => {
    const { pictures } = await loadPictures(ground);
    return [...(pictures.get(mainAccount)?.commands.keys() ?? [])].sort();
  };
  const both = [one, other].sort();
  await end(one, "failed", 10 * endedShownMs);
  expect(await shown()).toEqual(both);
  await end(other, "succeeded", endedShownMs / 2);
  expect(await shown()).toEqual(both);
  await end(other, "succeeded", 2 * endedShownMs);
  expect(await shown()).toEqual([]);
});
