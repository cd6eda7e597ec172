import { afterEach, beforeEach, expect, it } from "vitest";
import { createAgent } from "@/domain/fleet/agents";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { findKeys } from "./find-keys";
import { noteUses } from "./note-uses";

let ground: TestGround;
beforeEach(async () => {
  ground = await testGround();
});
afterEach(() => ground.db.close());

it("keeps the later of two uses, whichever is noted first, and the same address once a minute", async () => {
  const { id } = await createAgent(personCtx(ground), { name: "indexer" });
  const [key] = await findKeys(personCtx(ground), id);
  const use = async (second: number, from: string | null) => {
    const at = new Date(Date.parse("2026-11-21T10:00:00.000Z") + second * 1_000).toISOString();
    await noteUses(ground.db, [{ by: "key", keyId: key?.id ?? "", from, at }]);
    const [now] = await findKeys(personCtx(ground), id);
    return [now?.lastUsedAt?.slice(14, 19), now?.lastUsedFrom];
  };
  expect(await use(10, "10.0.0.1")).toEqual(["00:10", "10.0.0.1"]);
  expect(await use(9, "10.0.0.2")).toEqual(["00:10", "10.0.0.1"]);
  expect(await use(30, "10.0.0.1")).toEqual(["00:10", "10.0.0.1"]);
  expect(await use(31, "10.0.0.2")).toEqual(["00:31", "10.0.0.2"]);
  expect(await use(92, null)).toEqual(["01:32", "10.0.0.2"]);
});
