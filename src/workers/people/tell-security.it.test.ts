import { afterEach, beforeEach, expect, test } from "vitest";
import type { NewFact } from "@/contracts/facts";
import { systemCtx, transact } from "@/domain/kernel";
import { stampFacts } from "@/domain/kernel/stamp-facts";
import { lettersCursorSeq } from "@/domain/people/security-letters";
import { changeUser, createUser, deleteUser, setPassword } from "@/domain/people/users";
import { systemClock } from "@/platform/clock";
import { createMailer, type Mailer } from "@/platform/mail";
import { eventually } from "@/testing/eventually";
import { type TestGround, testGround } from "@/testing/ground";
import { type MailServer, startMailServer } from "@/testing/mail-server";
import { freePort } from "@/testing/redis";
import { type Relay, startRelay } from "@/testing/relay";
import { startSecurityLetters } from "./tell-security";

const password = "Correct-horse-7-battery";
const next = "Wandering-moss-31-lantern";

let ground: TestGround;
let mail: MailServer;
let way: Relay;
let mailer: Mailer;
let aheadMs = 0;
let worker: { stop(): Promise<void> } | undefined;

beforeEach(async () => {
  aheadMs = 0;
  const nowMs = () => Date.now() + aheadMs;
  ground = await testGround({ clock: { ...systemClock, nowMs, now: () => new Date(nowMs()) } });
  mail = await startMailServer();
  way = await startRelay(mail.url, await freePort());
  const { clock, log } = ground;
  mailer = createMailer({ smtpUrl: way.url, mailFrom: "mc@example.com", clock, log, timeoutMs: 5_000 });
});
afterEach(async () => {
  await end();
  await mailer.close();
  await way.stop();
  await mail.stop();
  await ground.db.close();
});

const begin = () => {
  const consoleUrl = "https://control.example.com";
  worker = startSecurityLetters(ground, { mailer, consoleUrl, everyMs: 20, retryMs: [20] });
};
const end = async () => {
  await worker?.stop();
  worker = undefined;
};
/** The first start, which only puts the cursor to the end of the log. */
const haveCursor = async () => {
  await stamp();
  await lettersCursorSeq(ground);
};
async function stamp(): Promise<number> {
  const facts = await stampFacts(ground);
  ground.bus.publish("facts", facts);
  return facts.at(-1)?.seq ?? 0;
}
const admin = () => ({ ...systemCtx(ground), ip: "192.0.2.7" });
const person = (name: string) =>
  createUser(admin(), { email: `${name.toLowerCase()}@example.com`, name, role: "viewer", password });
const lettersTo = (address: string) => mail.received.filter(({ to }) => to.includes(address));
const tell = (fact: NewFact) => transact(admin(), async (unit) => unit.record(fact));
/** Until the cursor stands behind the newest fact: whatever is to be sent is out. */
const allTold = async (seq: number) =>
  eventually(async () => (await lettersCursorSeq(ground)) >= seq && seq > 0);

test("a letter tells what, when, from where and what to do, in text and HTML, and once; the log before is not told", async () => {
  const ada = await person("Ada");
  await setPassword(admin(), { id: ada.id, password: next });
  await stamp();
  begin();
  await eventually(() => lettersCursorSeq(ground));
  await changeUser(admin(), { id: ada.id, role: "operator" });
  await stamp();
  const { headers, body, raw } = await mail.mailTo("ada@example.com");
  expect(headers).toContain("Subject: Your role at Mission Control was changed");
  expect(body).toContain("your role was changed from viewer to operator.");
  expect(body).toMatch(/When: \d+ \w+ \d{4}, \d\d:\d\d UTC\. Where: 192\.0\.2\.7\./);
  expect(body).toContain("It was not you");
  expect(body).toContain("https://control.example.com/settings/sessions");
  expect(raw).toContain("text/html");
  await setPassword(admin(), { id: ada.id, password: "Another-moss-31-lantern" });
  await allTold(await stamp());
  await end();
  begin();
  await changeUser(admin(), { id: ada.id, name: "Ada L." });
  await allTold(await stamp());
  expect(lettersTo("ada@example.com")).toHaveLength(2);
  expect(JSON.stringify(mail.received)).not.toMatch(/moss-31|horse-7|argon2/);
});

test("a crash between the letter and the cursor repeats the letter, and loses none", async () => {
  const bob = await person("Bob");
  await haveCursor();
  await ground.db.sql.unsafe(`
    create function no_cursor() returns trigger language plpgsql as $$ begin raise 'away'; end $$;
    create trigger no_cursor before update on cursors for each row execute function no_cursor()`);
  await changeUser(admin(), { id: bob.id, role: "operator" });
  begin();
  const last = await stamp();
  await eventually(() => lettersTo("bob@example.com").length === 1);
  await end();
  await ground.db.sql`drop trigger no_cursor on cursors`;
  for (let start = 0; start < 2; start += 1) {
    begin();
    await allTold(last);
    await end();
  }
  expect(lettersTo("bob@example.com")).toHaveLength(2);
});

test("a mail server that is away gets every letter when it is back, each once; the change did not wait", async () => {
  const cy = await person("Cy");
  const dee = await person("Dee");
  await haveCursor();
  await way.cut();
  begin();
  await changeUser(admin(), { id: cy.id, role: "operator" });
  await setPassword(admin(), { id: dee.id, password: next });
  const last = await stamp();
  await eventually(() => mailer.lastFailure());
  expect(await lettersCursorSeq(ground)).toBeLessThan(last);
  await way.heal();
  await allTold(last);
  expect(mail.received.map(({ to }) => to[0]).sort()).toEqual(["cy@example.com", "dee@example.com"]);
});

test("refused for now is tried again; refused for good is given up, and the next person gets theirs", async () => {
  const eve = await person("Eve");
  const fay = await person("Fay");
  await haveCursor();
  begin();
  mail.behave("refuse-for-now");
  await changeUser(admin(), { id: eve.id, role: "operator" });
  const first = await stamp();
  await eventually(() => mail.tries() > 2);
  mail.behave("refuse-for-good");
  await allTold(first);
  mail.behave("take");
  await changeUser(admin(), { id: fay.id, role: "operator" });
  await allTold(await stamp());
  expect(mail.received.map(({ to }) => to[0])).toEqual(["fay@example.com"]);
});

test("after an outage of a day nobody is told of what is old, and who is gone is not looked for", async () => {
  const gus = await person("Gus");
  const hal = await person("Hal");
  await haveCursor();
  await changeUser(admin(), { id: gus.id, role: "operator" });
  await stamp();
  aheadMs = 24 * 60 * 60_000 + 1_000;
  await setPassword(admin(), { id: gus.id, password: next });
  await setPassword(admin(), { id: hal.id, password: next });
  await deleteUser(admin(), hal.id);
  const last = await stamp();
  begin();
  await allTold(last);
  expect(mail.received.map(({ headers }) => /Subject: (.*)/.exec(headers)?.[1])).toEqual([
    "Your Mission Control password was changed",
  ]);
});

test("a new e-mail address is told to the old one as well", async () => {
  const ida = await person("Ida");
  await haveCursor();
  await ground.db.sql`update users set email = 'ida@example.org' where id = ${ida.id}`;
  await tell({
    kind: "user.changed",
    target: { kind: "user", id: ida.id, name: "Ida" },
    before: { email: "ida@example.com" },
    after: { email: "ida@example.org" },
  });
  begin();
  await allTold(await stamp());
  expect(mail.received.map(({ to }) => to[0])).toEqual(["ida@example.org", "ida@example.com"]);
  expect(lettersTo("ida@example.com")[0]?.body).toContain("was changed to ida@example.org");
});

test("what changed while there was no mail is not told on the day on which there is some", async () => {
  const off = createMailer({ clock: ground.clock, log: ground.log });
  const nothing = { to: "joe@example.com", subject: "x", text: "x", html: "x" };
  expect(await off.send(nothing)).toMatchObject({ final: true });
  const joe = await person("Joe");
  await changeUser(admin(), { id: joe.id, role: "operator" });
  await stamp();
  begin();
  await eventually(() => lettersCursorSeq(ground));
  await changeUser(admin(), { id: joe.id, role: "viewer" });
  await allTold(await stamp());
  expect(lettersTo("joe@example.com")).toHaveLength(1);
});
