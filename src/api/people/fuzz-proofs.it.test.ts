import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import WebSocket from "ws";
import type { PasskeyCreation, PasskeyRequest } from "@/contracts/people/passkey";
import { systemCtx } from "@/domain/kernel";
import { createUser } from "@/domain/people/users";
import { systemClock } from "@/platform/clock";
import { canary, jsonOf, nastyText, nastyValue } from "@/testing/arbitrary-of-schema";
import { softAuthenticator } from "@/testing/authenticator";
import { startWholeServer, type WholeServer } from "@/testing/whole-server";

/** Proofs that are right but for a few bytes, and handshakes of sockets: where the bytes of strangers are decoded. */
const times = Number(process.env.MC_FUZZ_RUNS ?? 1);
const seed = Number(process.env.MC_FUZZ_SEED ?? 20261121);
vi.setConfig({ testTimeout: 60_000 * times });
const runs = (numRuns: number) => ({ numRuns: numRuns * times, seed });

const home = "https://control.example";
const identifier = "owner@example.com";
const password = "Correct-horse-7-battery";
let server: WholeServer;
let cookie = "";
let asked = 0;

/** Each call from an address of its own, since limits are not the question here. */
const post = (path: string, body: unknown, as = "") =>
  server.request("POST", `/v1${path}`, {
    body,
    headers: { "X-Forwarded-For": `198.18.${(++asked >> 8) & 255}.${asked & 255}` },
    ...(as ? { cookie: as } : {}),
  });

beforeAll(async () => {
  server = await startWholeServer({
    settings: { MC_URL: home },
    over: { clock: { ...systemClock, sleep: async () => {} } },
  });
  await createUser(systemCtx(server.ground), { email: identifier, name: "Owner", role: "admin", password });
  const answer = await post("/auth/login", { identifier, password });
  cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
});
afterAll(() => server.stop());

/** Bytes with some of them turned, cut, or grown by a length that promises more than there is. */
const bent = fc.record({
  field: fc.nat(9),
  turns: fc.array(fc.tuple(fc.nat(), fc.constantFrom(0x00, 0x01, 0x7f, 0x80, 0xff, 0x9f, 0xbf)), {
    minLength: 1,
    maxLength: 4,
  }),
  cut: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(200) }),
});

function bend<Response extends object>(
  response: Response,
  { field, turns, cut }: { field: number; turns: [number, number][]; cut: number },
): Response {
  const names = Object.entries(response).flatMap(([name, value]) =>
    typeof value === "string" ? [name] : [],
  );
  const name = names[field % names.length] ?? "";
  const bytes = Buffer.from(String(Object.entries(response).find(([one]) => one === name)?.[1]), "base64url");
  for (const [at, value] of turns) bytes[at % bytes.length] = value;
  const kept = bytes.subarray(0, Math.max(1, bytes.length - cut));
  return { ...response, [name]: kept.toString("base64url") };
}

test("passkeys whose bytes were bent are refused, and say so", async () => {
  const key = softAuthenticator(home);
  await fc.assert(
    fc.asyncProperty(bent, async (how) => {
      const begun = await post("/auth/passkeys/begin", { name: "bent" }, cookie);
      expect(begun.status, begun.text).toBe(200);
      const made = key.make(begun.body as PasskeyCreation);
      const answer = await post("/auth/passkeys", { ...made, response: bend(made.response, how) }, cookie);
      // A turned byte of the key itself may still be a key; anything else is refused.
      expect(answer.status, answer.text).toBeLessThan(500);
      if (answer.status < 400) await server.ground.db.sql`delete from passkeys`;
      else expect(answer.body).toMatchObject({ error: { message: expect.stringMatching(/\.$/) } });
    }),
    runs(40),
  );
});

test("a right passkey that was bent opens nothing; the right one does, also after all of them", async () => {
  await server.ground.db.sql`delete from passkeys`;
  const key = softAuthenticator(home);
  const begun = await post("/auth/passkeys/begin", { name: "right" }, cookie);
  const kept = await post("/auth/passkeys", key.make(begun.body as PasskeyCreation), cookie);
  expect(kept.status, kept.text).toBe(201);
  const show = async () => key.show((await post("/auth/passkey/begin", {})).body as PasskeyRequest);
  await fc.assert(
    fc.asyncProperty(bent, async (how) => {
      const shown = await show();
      const response = bend(shown.response, how);
      const answer = await post("/auth/passkey/finish", { ...shown, response });
      const same = JSON.stringify(response) === JSON.stringify(shown.response);
      expect(answer.status, answer.text).toBe(same ? 200 : 401);
    }),
    runs(40),
  );
  expect((await post("/auth/passkey/finish", await show())).status).toBe(200);
});

test("tickets with codes and passkeys of any kind finish nothing", async () => {
  const proof = fc.oneof(
    fc.record({ code: fc.oneof(fc.constantFrom("000000", "123 456", "٠٠٠٠٠٠"), nastyValue) }),
    fc.record({ passkey: nastyValue }),
    fc.record({ code: fc.constant("000000"), passkey: fc.constant({}) }),
  );
  await fc.assert(
    fc.asyncProperty(proof, async (shown) => {
      const { body } = await post("/auth/login", { identifier, password });
      const answer = await post("/auth/second-factor", jsonOf({ ticket: body.ticket, ...shown }));
      expect([400, 401, 429], answer.text).toContain(answer.status);
    }),
    runs(25),
  );
});

/** Opens a socket, sends one packet of Socket.IO, and answers what came back: the next packet, or "closed". */
function knock(packet: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const address = `${server.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, { headers });
    socket.once("message", () => {
      socket.on("message", (data) => {
        const text = String(data);
        if (!text.startsWith("4")) return;
        resolve(text);
        socket.terminate();
      });
      socket.send(packet);
    });
    socket.once("close", () => resolve("closed"));
    socket.once("error", (error) =>
      socket.readyState === WebSocket.CLOSED ? resolve("closed") : reject(error),
    );
  });
}

test("handshakes of sockets: whatever is shown, a refusal in words or a closed door", async () => {
  const auth = fc.oneof(
    fc.record({
      token: fc.oneof(nastyValue, fc.constantFrom(canary, `mct_${canary}`, "eyJhbGciOiJub25lIn0.e30.AA")),
    }),
    nastyValue,
  );
  const wish = fc.record({
    auth,
    to: fc.constantFrom("/console,", "/console,", "/console,", "/agents,", "/nowhere,", "", "/__proto__,"),
    cookie: fc.oneof(
      fc.constantFrom("%", "__Host-mc_session=%E0", "__Host-mc_session=s1.AA"),
      fc.constant(""),
    ),
    raw: fc.option(nastyText, { freq: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(wish, async ({ auth, to, cookie, raw }) => {
      const packet = raw === null ? `40${to}${jsonOf(auth)}` : `4${raw}`;
      const answer = await knock(packet, cookie ? { Cookie: cookie } : {});
      if (answer === "closed") return;
      expect(answer, packet.slice(0, 300)).toMatch(/^44/);
      expect(answer).not.toMatch(/\n\s+at |node_modules|TypeError|postgres/);
      expect(answer).not.toContain(canary);
    }),
    runs(60),
  );
  const open = await knock("40/console,", { Cookie: cookie });
  expect(open).toMatch(/^40\/console,/);
});
