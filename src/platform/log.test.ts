import { randomBytes } from "node:crypto";
import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { sealer } from "./crypto";
import { systemIds } from "./ids";
import { createLog } from "./log";

function listening() {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: createLog("trace", { service: "test" }, destination), said: () => lines.join("") };
}

const word = "hunter2hunter2hunter2";
const jwt = `eyJhbGciOiJFUzI1NiJ9.${Buffer.from('{"sub":"hunter2"}').toString("base64url")}.c2lnbmF0dXJl`;
const sealed = sealer(Buffer.alloc(32, 7)).seal("hunter2", "channel");
const own = ["mca", "mcj", "mct", "mcr", "mcs", "mcc", "mcd", "mci", "mcp"].map((prefix) =>
  systemIds.secret(prefix),
);
const teams = `https://prod-1.westeurope.logic.azure.com:443/workflows/${word}/triggers/manual/paths/invoke?api-version=1&sig=${word}`;
const office = `https://example.webhook.office.com/webhookb2/${word}/IncomingWebhook/${word}`;
const pem = `-----BEGIN PRIVATE KEY-----\n${word}\n-----END PRIVATE KEY-----`;
const hash = "$argon2id$v=19$m=19456,t=2,p=1$aHVudGVyMg$aHVudGVyMmh1bnRlcjI";

/** Texts in which a secret stands among words. */
const sentences = [
  ...own.map((token) => `refused ${token} from 127.0.0.1`),
  `the token ${jwt} has run out`,
  `opened ${sealed}`,
  `Authorization: Bearer ${word}`,
  `Authorization: Basic ${Buffer.from(`mira:${word}`).toString("base64")}`,
  `Cookie: mc_session=${word}; theme=dark`,
  `__Host-mc_session=${word}`,
  `connect to postgres://mc:${word}@127.0.0.1:5432/mc failed`,
  `redis://:${word}@127.0.0.1:6379`,
  `smtp://user:${word}@mail.example.com:587`,
  `https://${word}@sentry.example.com/1`,
  `POST ${teams} answered 500`,
  `POST ${office} answered 500`,
  `GET /auth/sso/callback?code=${word}&state=${word}`,
  `GET /link#token=${word}`,
  `body was {"password":"${word}","refresh_token":"${word}"}`,
  `password=${word}&client_secret=${word}`,
  pem,
  hash,
  `Failed query: insert into users values ($1)\nparams: mira@example.com,${word}`,
];

const env = Object.fromEntries(
  ["MC_SECRET", "MC_SECRET_PREVIOUS", "MC_API_TOKEN", "MC_OWNER_PASSWORD", "MC_OIDC_CLIENT_SECRET"].map(
    (name) => [name, word],
  ),
);
const request = {
  method: "POST",
  url: `/v1/x?token=${word}`,
  headers: {
    authorization: `Bearer ${word}`,
    cookie: `a=${word}`,
    "set-cookie": [`a=${word}`],
    "x-api-key": word,
  },
  body: { user: { identifier: "mira", password: word, newPassword: word, current: { passwordHash: hash } } },
};

/** What must be in no line: the word in any dress, and each token. */
const forbidden = [
  word,
  Buffer.from(word).toString("base64").slice(0, 24),
  ...own.map((token) => token.slice(4, 30)),
  ...jwt.split(".").slice(1),
  sealed.slice(3, 30),
  "aHVudGVyMmh1bnRlcjI",
];

it("no secret is ever in a log, whatever is logged and wherever the secret stands in it", () => {
  const { log, said } = listening();
  const deep = (value: unknown, levels: number): unknown =>
    levels === 0 ? value : { inner: [deep(value, levels - 1)] };
  const failure = (text: string) =>
    Object.assign(new Error(text, { cause: new TypeError(text, { cause: new Error(text) }) }), {
      request,
      query: text,
      params: [word],
      detail: { token: word },
    });
  for (const text of sentences) {
    log.info(text);
    log.info({ note: text, list: [text], deep: deep({ text }, 9) }, "%s", text);
    log.error(failure(text));
    log.error({ err: failure(text) }, "It failed.");
    log.error({ problem: String(failure(text)), errors: [failure(text)] });
    log.child({ from: text, secret: text }).warn("child");
  }
  log.info({ env, settings: { databaseUrl: word, smtpUrl: word, secret: Buffer.from(word) } });
  log.info({
    request,
    deep: deep(request, 12),
    event: deep({ config: { url: `https://${word}.example.com` } }, 3),
  });
  log.info({
    channel: { url: word },
    recoveryCodes: [word],
    userCode: word,
    key: word,
    totp: word,
    setupCode: word,
  });
  log.info({ [`header ${own[0]}`]: 1, sealedConfig: word, sealed_key: word, privateKey: { d: word } });
  const lines = said();
  expect(lines.split("\n").length).toBeGreaterThan(sentences.length * 6);
  expect(lines.split("\n").filter((line) => forbidden.some((secret) => line.includes(secret)))).toEqual([]);
});

it("what people need to find a fault stays", () => {
  const { log, said } = listening();
  const err = Object.assign(
    new Error("connect ECONNREFUSED 127.0.0.1:5432", { cause: new Error("refused") }),
    {
      code: "ECONNREFUSED",
    },
  );
  log.error(
    { err, agentId: "agt_1", requestId: "req_0123456789abcdef", tokens: 3, at: null },
    "A token was refused.",
  );
  const line = JSON.parse(said());
  expect(line).toMatchObject({
    level: "error",
    service: "test",
    agentId: "agt_1",
    requestId: "req_0123456789abcdef",
    tokens: 3,
    at: null,
    msg: "A token was refused.",
    err: { type: "Error", code: "ECONNREFUSED", message: "connect ECONNREFUSED 127.0.0.1:5432" },
  });
  expect(line.err.stack).toContain("log.test.ts");
  expect(line.err.cause.message).toBe("refused");
});

it("a made-up secret of any prefix that looks like ours is hidden", () => {
  const { log, said } = listening();
  const text = randomBytes(32).toString("base64url");
  log.warn(`mcz_${text}`);
  expect(said()).not.toContain(text);
});
