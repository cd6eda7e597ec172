import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { SsoStage } from "@/testing/sso-stage";

const stage = new SsoStage();
beforeAll(() => stage.open());
afterAll(() => stage.provider.stop());
afterEach(() => stage.server.stop());

type Report = { ok: boolean; checks: { name: string; ok: boolean; says: string }[]; clockAheadMs: number };
async function tried(): Promise<Report> {
  const { token } = await stage.server.person("admin");
  const answer = await stage.server.request("POST", "/v1/auth/sso/test", { bearer: token, body: {} });
  expect(answer.status, answer.text).toBe(200);
  return JSON.parse(answer.text);
}

test("an admin sees how it is set up, without the secret; nobody else does", async () => {
  await stage.start();
  const { token } = await stage.server.person("admin");
  const shown = await stage.server.request("GET", "/v1/auth/sso", { bearer: token });
  expect(shown.body.configuration).toMatchObject({
    issuer: stage.provider.issuer,
    redirectUri: stage.setup.redirectUri,
    rules: [
      { group: "ops-admins", role: "admin" },
      { group: "staff", role: "operator" },
      { group: "mc.viewer", role: "viewer" },
    ],
  });
  expect(shown.text).not.toContain(stage.setup.clientSecret.slice(0, 6));
  const operator = await stage.server.person("operator");
  expect((await stage.server.request("GET", "/v1/auth/sso", { bearer: operator.token })).status).toBe(403);
});

test("trying the issuer says that all is well, and what is not", async () => {
  await stage.start();
  const well = await tried();
  expect(well.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(well.ok).toBe(true);
  expect(Math.abs(well.clockAheadMs)).toBeLessThan(3_000);

  await stage.provider.setUp({ ...stage.setup, clientSecret: "another one that nobody told us of" });
  const unknown = await tried();
  expect(unknown.ok).toBe(false);
  expect(unknown.checks.find(({ name }) => name === "this program")?.says).toContain("(invalid_client");

  await stage.provider.goAway();
  try {
    const away = await tried();
    expect(away.checks[0]).toMatchObject({ name: "issuer", ok: false });
    expect(away.checks[0]?.says).toContain("does not answer");
  } finally {
    await stage.provider.comeBack();
  }
});
