import { afterAll, beforeAll, expect, test } from "vitest";
import { factsPending } from "@/db/schema";
import { type OAuthTrial, oauthTrial } from "@/testing/oauth";
import { findClients, makeClient, revokeClient, rotateClient } from ".";

let trial: OAuthTrial;
beforeAll(async () => {
  trial = await oauthTrial();
});
afterAll(() => trial.stop());

const enter = (client_id: string, client_secret: string) =>
  trial.ask({ grant_type: "client_credentials", client_id, client_secret });
const seen = async (id: string) =>
  (await findClients(trial.admin, { limit: 100 })).items.find((client) => client.id === id);

test("the old secret stays good until the new one is used, and the id stays", async () => {
  const client = await makeClient(trial.admin, { name: "nightly", role: "viewer" });
  const rotated = await rotateClient(trial.admin, client.id, {});
  expect(rotated).toMatchObject({ id: client.id, previous: { prefix: client.secretPrefix, endsAt: null } });
  expect(rotated.secret).not.toBe(client.secret);
  await enter(client.id, client.secret);
  expect((await seen(client.id))?.previous).not.toBeNull();
  await enter(client.id, rotated.secret);
  await expect(enter(client.id, client.secret)).rejects.toMatchObject({ code: "invalid_client" });
  expect(await seen(client.id)).toMatchObject({ previous: null, secretPrefix: rotated.secretPrefix });
});

test("an overlap of minutes ends by the clock, also when the new secret was used before", async () => {
  const client = await makeClient(trial.admin, { name: "hourly", role: "viewer" });
  const rotated = await rotateClient(trial.admin, client.id, { overlapMinutes: 10 });
  await enter(client.id, rotated.secret);
  await enter(client.id, client.secret);
  await expect(rotateClient(trial.admin, client.id, {})).rejects.toMatchObject({ code: "conflict" });
  await trial.clock.advance(10 * 60_000 + 1);
  await expect(enter(client.id, client.secret)).rejects.toMatchObject({ code: "invalid_client" });
});

test("with no overlap the old secret ends at once, a revoked client gets none, and facts hold no secret", async () => {
  const client = await makeClient(trial.admin, { name: "leaked", role: "viewer" });
  const rotated = await rotateClient(trial.admin, client.id, { overlapMinutes: 0 });
  await expect(enter(client.id, client.secret)).rejects.toMatchObject({ code: "invalid_client" });
  await enter(client.id, rotated.secret);
  await revokeClient(trial.admin, client.id);
  await expect(rotateClient(trial.admin, client.id, {})).rejects.toMatchObject({ code: "conflict" });
  const facts = await trial.ground.db.orm.select().from(factsPending);
  const told = facts.filter(({ target }) => target?.id === client.id);
  expect(told.find(({ kind }) => kind === "security.client_rotated")).toMatchObject({
    before: { secretPrefix: client.secretPrefix },
    after: { secretPrefix: rotated.secretPrefix },
  });
  expect(told.find(({ kind }) => kind === "security.client_revoked")).toMatchObject({
    before: { revokedAt: null },
    after: { revokedAt: expect.any(String) },
  });
  expect(JSON.stringify(told)).not.toContain(rotated.secret);
});
