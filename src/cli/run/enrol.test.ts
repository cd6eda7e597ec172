import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type CrookedServer, startCrookedServer } from "@/testing/crooked-server";
import { enrol, storedKey } from "./enrol";

let server: CrookedServer;
let folder: string;
beforeEach(async () => {
  server = await startCrookedServer();
  server.join = { status: 201, body: { id: "a1", name: "joined", key: "mca_key" } };
  folder = mkdtempSync(join(tmpdir(), "mc-enrol-"));
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});
const joins = () => enrol({ url: server.url, token: "mcj_token" }, { name: "joined", tags: [] }, folder);

it("keeps the key for the next start, for its owner alone", async () => {
  expect(await joins()).toEqual({ outcome: "joined", key: "mca_key", name: "joined", notKept: null });
  expect(storedKey(folder, server.url)).toMatchObject({ agentId: "a1", key: "mca_key" });
  expect(storedKey(folder, "http://elsewhere")).toBeUndefined();
  expect(statSync(join(folder, "key.json")).mode & 0o077).toBe(0);
});

it("has joined also with a key that can't be kept, and says why", async () => {
  mkdirSync(join(folder, "key.json"));
  expect(await joins()).toMatchObject({
    outcome: "joined",
    key: "mca_key",
    notKept: expect.stringContaining("EISDIR"),
  });
});

it("tells a refusal from a server that is not there now", async () => {
  server.join = { status: 401, body: { error: { code: "x", message: "The token is used up." } } };
  expect((await joins()).outcome).toBe("refused");
  server.join = { status: 503, body: null };
  expect(await joins()).toEqual({ outcome: "unreachable", message: "the server answered 503" });
});
