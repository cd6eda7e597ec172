import { afterEach, beforeAll, expect, test } from "vitest";
import { makeKeyPair, type Signer, signAuthority, signLeaf } from "@/domain/fleet/certificates/signing";
import { eventually } from "@/testing/eventually";
import { type MailServer, startMailServer } from "@/testing/mail-server";
import { systemClock } from "../clock";
import { createLog } from "../log";
import { createMailer, letter, type Mailer } from ".";

const validity = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 86_400_000) };
let authority: Signer;
beforeAll(async () => {
  authority = await signAuthority("House", "4c".repeat(16), validity);
});

const open: (Mailer | { close(): Promise<unknown> })[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function serve(
  from: "starttls" | "first-byte" | null,
  name = "127.0.0.1",
  users?: Record<string, string>,
) {
  const { pair, keyPem } = await makeKeyPair();
  const leaf = await signLeaf(authority, {
    ...{ commonName: name, use: "server", serial: "4d".repeat(16), validity, publicKey: pair.publicKey },
    names: [name === "127.0.0.1" ? { type: "ip", value: name } : { type: "dns", value: name }],
  });
  const tls = from ? { tls: { cert: leaf.toString("pem"), key: keyPem, from } } : {};
  const server = await startMailServer({ ...tls, ...(users ? { users } : {}) });
  open.push({ close: () => server.stop() });
  return server;
}

function mailerTo(smtpUrl: string, options: { authority?: string; retryMs?: number[] } = {}): Mailer {
  const mailFrom = "control@example.com";
  const parts = { clock: systemClock, log: createLog("silent"), timeoutMs: 2_000, retryMs: [] };
  const mailer = createMailer({ smtpUrl, mailFrom, ...parts, ...options });
  // Before its server.
  open.unshift(mailer);
  return mailer;
}
const hello = letter({ to: "ada@example.com", subject: "Hi", paragraphs: ["A word."], foot: "Bye." });
const trusted = () => ({ authority: authority.certificatePem });
const withUser = (server: MailServer, password: string) =>
  server.url.replace("://", `://ops:${encodeURIComponent(password)}@`);

test.each(["starttls", "first-byte"] as const)(
  "mail goes over TLS, by %s, with its password",
  async (from) => {
    const server = await serve(from, "127.0.0.1", { ops: "right: password" });
    mailerTo(withUser(server, "right: password"), trusted()).post(hello);
    expect((await server.mailTo("ada@example.com")).raw).toMatch(/A word/);
    const wrong = mailerTo(withUser(server, "wrong"), trusted());
    wrong.post(hello);
    await eventually(() => wrong.lastFailure());
    expect(wrong.lastFailure()).toContain("did not accept the user and password of SMTP_URL");
  },
);

test("a certificate of nobody we trust, or of another name, is told, and nothing is sent", async () => {
  for (const from of ["starttls", "first-byte"] as const) {
    const server = await serve(from);
    const strict = mailerTo(server.url);
    strict.post(hello);
    await eventually(() => strict.lastFailure());
    expect(strict.lastFailure()).toMatch(/^127\.0\.0\.1 shows a certificate that is not trusted here/);

    const other = await serve(from, "mail.example.com");
    const named = mailerTo(other.url, trusted());
    named.post(hello);
    await eventually(() => named.lastFailure());
    expect(named.lastFailure()).toMatch(/^127\.0\.0\.1 shows a certificate of another name/);
    expect([...server.received, ...other.received]).toEqual([]);
  }
});

test("a server elsewhere that offers no encryption gets neither mail nor password", async () => {
  const server = await serve(null);
  // The same machine, by a name that does not say so.
  const elsewhere = server.url.replace("127.0.0.1", "ops:secret@[::ffff:127.0.0.1]");
  const mailer = mailerTo(elsewhere);
  mailer.post(hello);
  await eventually(() => mailer.lastFailure());
  expect(mailer.lastFailure()).toContain("offers no encryption (STARTTLS), so nothing is sent");
  expect(server.tries()).toBe(0);
});
