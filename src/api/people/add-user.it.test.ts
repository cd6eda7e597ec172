import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { eventually } from "@/testing/eventually";
import { type MailServer, startMailServer } from "@/testing/mail-server";

let server: ApiServer;
let silent: ApiServer;
let mail: MailServer;
const bearers = new Map<ApiServer, string>();
beforeAll(async () => {
  mail = await startMailServer();
  server = await startApiServer({ settings: { SMTP_URL: mail.url, MC_MAIL_FROM: "control@example.com" } });
  silent = await startApiServer();
  for (const each of [server, silent]) bearers.set(each, (await each.person("admin")).token);
});
afterAll(async () => {
  await server.stop();
  await silent.stop();
  await mail.stop();
});

const add = (on: ApiServer, body: Record<string, unknown>) =>
  on.request("POST", "/v1/users", {
    bearer: bearers.get(on) ?? "",
    body: { name: "Ada", role: "viewer", ...body },
  });

test("with a password the person can sign in at once", async () => {
  const password = "Correct-horse-7-battery";
  const made = await add(server, { email: "ada@example.com", username: "ada.b", password });
  expect(made.status, made.text).toBe(201);
  expect(made.body).toMatchObject({ email: "ada@example.com", role: "viewer", username: "ada.b" });
  const login = await server.request("POST", "/v1/auth/login", { body: { identifier: "ada.b", password } });
  expect(login.status).toBe(200);
});

test("without one an invitation goes out by mail, and its link is answered; without mail the link alone", async () => {
  const invited = await add(server, { email: "bob@example.com", expiresInDays: 2 });
  expect(invited.status, invited.text).toBe(201);
  expect(invited.body).toMatchObject({ email: "bob@example.com", mailed: true, acceptedAt: null });
  await eventually(() => mail.received.some(({ to }) => to.includes("bob@example.com")));
  expect((await mail.mailTo("bob@example.com")).body).toContain(String(invited.body.link));
  const [, token] = String(invited.body.link).split("#");
  const body = { token, name: "Bob", password: "Wandering-moss-31-lantern" };
  const accepted = await server.request("POST", "/v1/invitations/accept", { body });
  expect(accepted.status, accepted.text).toBe(201);
  expect(accepted.body).toMatchObject({ user: { email: "bob@example.com" }, recoveryCodes: { length: 10 } });

  const quiet = await add(silent, { email: "bob@example.com" });
  expect(quiet.body).toMatchObject({ mailed: false, link: expect.stringContaining("/invite#mci_") });
});

test("people of another program come in through the API too, for admins", async () => {
  const user = {
    email: "imported@example.com",
    role: "viewer",
    passwordHash: "$2b$10$N9qo8uLOickgx2ZMRZoMyeTFXuPw3mjejnQJl9bVXSyWahpFQVLji",
  };
  const send = (bearer: string) =>
    server.request("POST", "/v1/users/import", { bearer, body: { users: [user] } });
  expect((await send((await server.person("operator")).token)).status).toBe(403);
  const answer = await send(bearers.get(server) ?? "");
  expect(answer.body, answer.text).toEqual({ made: 1, present: [] });
});
