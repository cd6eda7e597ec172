import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareSetup } from "@/domain/people/setup";
import { type ApiServer, startApiServer } from "@/testing/api-server";

let server: ApiServer;
beforeAll(async () => {
  server = await startApiServer({ settings: { MC_URL: "https://control.example.com" } });
});
afterAll(() => server.stop());

const owner = { email: "ada@example.com", name: "Ada", password: "Correct-horse-7-battery" };
const post = (path: string, body: unknown, cookie = "") =>
  server.request("POST", path, { body, ...(cookie ? { cookie } : {}) });
const status = async (cookie: string) => (await server.request("GET", "/v1/auth/status", { cookie })).body;

test("the code opens the setup for one browser; its cookie makes the owner, who is signed in and sees the first steps", async () => {
  const code = await prepareSetup(server.ground, server.runtime.env.dataDir);
  const begun = await post("/v1/auth/setup/session", { code });
  expect(begun.status, begun.text).toBe(201);
  const [set = ""] = begun.headers.getSetCookie();
  expect(set).toMatch(
    /^__Host-mc_setup=s1\.[\w-]+; Max-Age=1800; HttpOnly; SameSite=Strict; Path=\/; Secure$/,
  );
  const cookie = set.split(";")[0] ?? "";
  expect(await status("")).toMatchObject({ setupNeeded: true, setupUntil: null });
  expect(await status(cookie)).toMatchObject({ setupNeeded: true, setupUntil: begun.body.expiresAt });

  for (const stranger of ["", "__Host-mc_setup=s1.AAAA"]) {
    const refused = await post("/v1/auth/setup", owner, stranger);
    expect(refused.status, refused.text).toBe(403);
  }
  const made = await post("/v1/auth/setup", owner, cookie);
  expect(made.status, made.text).toBe(201);
  expect(made.body).toMatchObject({ user: { role: "admin" }, recoveryCodes: { length: 10 } });
  const [ending, session = ""] = made.headers.getSetCookie();
  expect(ending).toMatch(/^__Host-mc_setup=; Max-Age=0/);
  const signedIn = session.split(";")[0] ?? "";
  expect(await status(`${cookie}; ${signedIn}`)).toMatchObject({ setupNeeded: false, setupUntil: null });

  const steps = await server.request("GET", "/v1/onboarding", { cookie: signedIn });
  const done = ["owner", "recovery-codes"];
  expect(steps.body.steps).toEqual(
    ["owner", "recovery-codes", "second-factor", "agent", "alert-channel"].map((name) => ({
      name,
      done: done.includes(name),
      optional: name === "second-factor",
    })),
  );
});
