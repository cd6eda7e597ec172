import { afterAll, beforeAll, expect, test } from "vitest";
import { commandLineClientId, grantTypes } from "@/contracts/people/oauth";
import { endOtherSessions, endSessionsOf } from "@/domain/people/sessions";
import { issuer, type OAuthTrial, oauthTrial, place, unlimited } from "@/testing/oauth";
import { findOwnPrograms, findProgramsOf, giveToken, revokeProgram } from ".";

let trial: OAuthTrial;
beforeAll(async () => {
  trial = await oauthTrial();
});
afterAll(() => trial.stop());

test("a person sees each program once, with the place and time of its last visit", async () => {
  const { ctx, tokens } = await trial.signIn("operator");
  const signedInAt = trial.clock.now().toISOString();
  expect(await findOwnPrograms(ctx)).toMatchObject([
    { name: "mc on laptop", ip: place.ip, signedInAt, lastUsedAt: signedInAt },
  ]);
  await trial.clock.advance(3_600_000);
  await giveToken(
    trial.anyone,
    {
      grant_type: grantTypes.refreshToken,
      client_id: commandLineClientId,
      refresh_token: tokens.refresh_token,
    },
    { issuer, attempts: unlimited, place: "elsewhere", ip: "192.0.2.200" },
  );
  expect(await findOwnPrograms(ctx)).toMatchObject([
    { ip: "192.0.2.200", signedInAt, lastUsedAt: trial.clock.now().toISOString() },
  ]);
  expect(JSON.stringify(await findOwnPrograms(ctx))).not.toContain("mcr_");
  await trial.clock.advance(30 * 86_400_000);
  expect(await findOwnPrograms(ctx)).toEqual([]);
});

test("a program is signed out by its person, at once, and the log says so", async () => {
  const { ctx, id, tokens } = await trial.signIn("operator");
  const [program] = await findOwnPrograms(ctx);
  const told: string[] = [];
  trial.ground.bus.subscribe("sessions.revoked", ({ sessionIds }) => told.push(...(sessionIds ?? [])));
  await revokeProgram(ctx, program?.id ?? "");
  expect(await trial.callerOf(tokens.access_token)).toBeNull();
  await expect(trial.refresh(tokens.refresh_token)).rejects.toMatchObject({ code: "invalid_grant" });
  expect(await findOwnPrograms(ctx)).toEqual([]);
  expect(told).toEqual([program?.id]);
  expect(await trial.factsOf("security.session_revoked")).toMatchObject([
    { target: { kind: "user", id }, data: { client: "mc on laptop", family: program?.id } },
  ]);
  await expect(revokeProgram(ctx, program?.id ?? "")).rejects.toMatchObject({ code: "not-found" });
});

test("who manages people sees somebody's programs until they end with the sessions; nobody else does", async () => {
  const { ctx, id } = await trial.signIn("operator");
  const [program] = await findOwnPrograms(ctx);
  expect(await findProgramsOf(trial.admin, id)).toEqual([program]);
  await expect(findProgramsOf(ctx, id)).rejects.toMatchObject({ code: "forbidden" });
  const stranger = { ...trial.admin, account: "acc_other" };
  await expect(findProgramsOf(stranger, id)).rejects.toMatchObject({ code: "not-found" });
  await endSessionsOf(trial.admin, id);
  expect(await findProgramsOf(trial.admin, id)).toEqual([]);
});

test("nobody signs out another person's program, but who manages people", async () => {
  const mira = await trial.signIn("operator");
  const jonas = await trial.person("operator");
  const [program] = await findOwnPrograms(mira.ctx);
  expect(await findOwnPrograms(jonas.ctx)).toEqual([]);
  await expect(revokeProgram(jonas.ctx, program?.id ?? "")).rejects.toMatchObject({ code: "not-found" });
  expect(await trial.callerOf(mira.tokens.access_token)).not.toBeNull();
  await revokeProgram(trial.admin, program?.id ?? "");
  expect(await trial.callerOf(mira.tokens.access_token)).toBeNull();
});

test("signing out everywhere else signs programs out too", async () => {
  const { ctx, tokens } = await trial.signIn("viewer");
  const [own] = await findOwnPrograms(ctx);
  const family = own?.id ?? null;
  expect(await findOwnPrograms(ctx, family)).toMatchObject([{ current: true }]);
  // The program that asks stays in.
  expect(await endOtherSessions(ctx, { sessionId: null, family })).toEqual({ ended: 0, programs: 0 });
  expect(await trial.callerOf(tokens.access_token)).not.toBeNull();
  const bySession = { sessionId: "this session", family: null };
  expect(await endOtherSessions(ctx, bySession)).toEqual({ ended: 0, programs: 1 });
  expect(await trial.callerOf(tokens.access_token)).toBeNull();
});
