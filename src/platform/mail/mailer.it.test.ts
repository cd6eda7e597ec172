import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { eventually } from "@/testing/eventually";
import { type MailServer, startMailServer, startMuteServer } from "@/testing/mail-server";
import { systemClock } from "../clock";
import { createLog } from "../log";
import { createMailer, letter, type Mailer } from ".";

let server: MailServer;
const opened: Mailer[] = [];
beforeAll(async () => {
  server = await startMailServer();
});
afterEach(async () => {
  server.behave("take");
  for (const mailer of opened.splice(0)) await mailer.close();
});
afterAll(() => server.stop());

function mailerTo(smtpUrl: string | undefined, retryMs = [10, 10]): Mailer {
  const mailFrom = "Mission Control <control@example.com>";
  const log = createLog("silent");
  const mailer = createMailer({ smtpUrl, mailFrom, clock: systemClock, log, timeoutMs: 400, retryMs });
  opened.push(mailer);
  return mailer;
}
const hello = (to: string, subject = "Hello") =>
  letter({ to, subject, paragraphs: ["A word."], foot: "Sent by Mission Control." });

test("a mail arrives in text and HTML, from the address of the settings", async () => {
  const mailer = mailerTo(server.url);
  expect(mailer.on).toBe(true);
  expect(mailer.post(hello("ada@example.com", "Grüße"))).toBe(true);
  const mail = await server.mailTo("ada@example.com");
  expect(mail.from).toBe("control@example.com");
  expect(mail.headers).toContain("From: Mission Control <control@example.com>");
  expect(mail.raw).toContain("text/plain");
  expect(mail.raw).toContain("text/html");
  expect(mailer.lastFailure()).toBeNull();
});

test("nothing that was typed makes a header or a second recipient", async () => {
  const mailer = mailerTo(server.url);
  mailer.post(hello("bob@example.com", "Hi\r\nBcc: eve@example.com\r\n\r\nbody"));
  const mail = await server.mailTo("bob@example.com");
  expect(mail.to).toEqual(["bob@example.com"]);
  expect(mail.headers).not.toMatch(/^Bcc:/im);
  mailer.post({ ...hello("x@example.com"), to: "cy@example.com\r\nBcc: eve@example.com, dee@example.com" });
  mailer.post(hello("end@example.com"));
  await server.mailTo("end@example.com");
  expect(server.received.flatMap(({ to }) => to)).not.toContain("eve@example.com");
  expect(server.received.flatMap(({ to }) => to)).not.toContain("dee@example.com");
});

test("a server that refuses for now gets the mail a little later", async () => {
  const mailer = mailerTo(server.url);
  const before = server.tries();
  server.behave("refuse-for-now");
  mailer.post(hello("later@example.com"));
  await eventually(() => server.tries() > before && mailer.lastFailure());
  expect(mailer.lastFailure()).toBe("127.0.0.1 did not take the mail (answer 451).");
  server.behave("take");
  await server.mailTo("later@example.com");
  await eventually(() => mailer.lastFailure() === null);
});

test("a server that refuses for good is asked once", async () => {
  const mailer = mailerTo(server.url);
  const before = server.tries();
  server.behave("refuse-for-good");
  mailer.post(hello("never@example.com"));
  await eventually(() => mailer.lastFailure()?.includes("550"));
  server.behave("take");
  mailer.post(hello("after@example.com"));
  await server.mailTo("after@example.com");
  expect(server.tries()).toBe(before + 2);
});

test("a server that says nothing, or is not there, only costs the mail", async () => {
  const mute = await startMuteServer();
  const silent = mailerTo(mute.url, []);
  const startedAt = performance.now();
  expect(silent.post(hello("a@example.com"))).toBe(true);
  expect(performance.now() - startedAt).toBeLessThan(100);
  expect(await eventually(() => silent.lastFailure())).toMatch(/did not answer in time/);
  await mute.stop();
  const gone = mailerTo(mute.url, []);
  gone.post(hello("a@example.com"));
  expect(await eventually(() => gone.lastFailure())).toMatch(/could not be reached|refuses connections/);
});

test("without SMTP_URL mail is off, and says so", () => {
  const mailer = mailerTo(undefined);
  expect(mailer.on).toBe(false);
  expect(mailer.post(hello("a@example.com"))).toBe(false);
});
