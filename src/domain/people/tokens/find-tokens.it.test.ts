import { afterAll, beforeAll, expect, test } from "vitest";
import { findClients, makeClient } from "@/domain/people/oauth";
import { personCtx, type TestGround, testGround } from "@/testing/ground";
import { createToken, findTokens, revokeToken } from ".";

let ground: TestGround;
beforeAll(async () => {
  ground = await testGround();
});
afterAll(() => ground.db.close());

// Nothing purges what is revoked: oldest first, a new one would come after everything that ever was.
test("tokens and machine clients come the newest first, page by page, each once", async () => {
  const ctx = {
    ...personCtx(ground),
    actor: { kind: "system" as const, id: "system", name: "Mission Control" },
  };
  for (const name of ["first", "second", "third"]) {
    const { id } = await createToken(ctx, { name, role: "viewer" });
    if (name === "third") await revokeToken(ctx, id);
    await makeClient(ctx, { name, role: "viewer" });
  }
  for (const find of [findTokens, findClients]) {
    const page = await find(ctx, { limit: 2 });
    expect(page.items.map(({ name }) => name)).toEqual(["third", "second"]);
    const rest = await find(ctx, { limit: 2, cursor: page.nextCursor ?? "" });
    expect(rest.items.map(({ name }) => name)).toEqual(["first"]);
    expect(rest.nextCursor).toBeNull();
  }
});
