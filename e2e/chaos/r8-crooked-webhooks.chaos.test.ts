import { afterAll, beforeAll, expect, test } from "vitest";
import { makeKeyPair, signAuthority, signLeaf } from "@/domain/fleet/certificates/signing";
import { type TestDatabase, testDatabase } from "@/testing/database";
import { eventually } from "@/testing/eventually";
import { FakeAgent } from "@/testing/fake-agent";
import { type ServerProcess, startServerProcess } from "@/testing/server-process";
import {
  type Received,
  startTeamsServer,
  type TeamsBehaviour,
  type TeamsServer,
} from "@/testing/teams-server";
import { Api } from "../api";
import { expectChainWhole } from "./invariants";
import { randomFrom, seed, tries } from "./seeded";
import { tellEachAlone } from "./tell-each-alone";

const agentsATurn = 12;
const mostASecond = 4;
/** The fifth leaves a second after the first was answered, by another process's clock. */
const secondAtSinkMs = 990;
const retrySeconds = 2;
const dateAheadMs = 6_000;
/** What a message may wait because other webhooks are bad: one that blocked it would cost a timeout of 10 s. */
const slack = { times: 1.2, ms: 3_000 };

let db: TestDatabase;
let teams: TeamsServer;
let wrongTls: TeamsServer;
let server: ServerProcess;
let api: Api;

beforeAll(async () => {
  db = await testDatabase();
  teams = await startTeamsServer();
  wrongTls = await startTeamsServer(await selfMade());
  server = await startServerProcess({
    DATABASE_URL: db.url,
    MC_BEAT_MS: "300",
    MC_SILENT_AFTER_MS: "2500",
    // A machine that holds the server for seconds makes it doubt silence for 15 s each time, which is another promise.
    MC_BLIND_GRACE_MS: "2500",
  });
  api = await Api.login(server.url);
  await tellEachAlone(api);
});
afterAll(async () => {
  await server?.close();
  await teams?.stop();
  await wrongTls?.stop();
  await db?.close();
});

/** A certificate that nobody trusts. */
async function selfMade(): Promise<{ cert: string; key: string }> {
  const validity = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 86_400_000) };
  const authority = await signAuthority("Nobody's", "4c".repeat(16), validity);
  const { pair, keyPem } = await makeKeyPair();
  const names = [{ type: "ip" as const, value: "127.0.0.1" }];
  const about = { commonName: "127.0.0.1", use: "server" as const, serial: "4d".repeat(16), names };
  const leaf = await signLeaf(authority, { ...about, publicKey: pair.publicKey, validity });
  return { cert: leaf.toString("pem"), key: keyPem };
}

const addTeams = (name: string, url = teams.url(`/${name}`)) =>
  api.call("POST", "/v1/channels", { kind: "teams", name, config: { url } });
const addWebhook = (name: string) =>
  api.call("POST", "/v1/channels", {
    kind: "webhook",
    name,
    config: { url: teams.url(`/${name}`), secret: "a-secret-of-our-own" },
  });

/** Agents come, beat once and are gone without a word. Answers their names. */
async function loseAgents(turn: string): Promise<string[]> {
  const names = Array.from({ length: agentsATurn }, (_, index) => `worker-${turn}-${index}.`);
  await Promise.all(
    names.map(async (name) => {
      const made = await api.call<{ key: string }>("POST", "/v1/agents", { name });
      const agent = new FakeAgent({ url: server.url, key: made.key });
      await agent.connect();
      await agent.beat();
      agent.vanish();
    }),
  );
  return names;
}

const nameOf = ({ body }: Received) => /worker-\w+-\d+\./.exec(body)?.[0] ?? "nobody";

/** Waits until a webhook has all of these, then answers how often each was taken. */
async function takenAt(path: string, names: string[], timeoutMs: number): Promise<Map<string, number>> {
  const times = async () => {
    const counts = new Map<string, number>();
    for (const request of (await teams.received(path)).filter(({ taken }) => taken)) {
      const name = nameOf(request);
      if (names.includes(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return counts;
  };
  const all = async () => (await times()).size === names.length;
  await eventually(all, { timeoutMs, everyMs: 50 }).catch((error: Error) => {
    throw new Error(`${path}: ${error.message}`);
  });
  return times();
}

/** Longest wait from a message's making to its delivery. */
async function longestAt(channel: string, names: string[]): Promise<number> {
  const [row] = await db.sql<{ ms: number }[]>`
    select max(extract(epoch from n.delivered_at - n.created_at) * 1000)::float8 as ms
    from notifications n join channels c on c.id = n.channel_id
    where c.name = ${channel} and n.title ~ ${names[0]?.replace(/-\d+\.$/, "-") ?? ""}`;
  return row?.ms ?? Number.NaN;
}

const answer = (status: number, more: Partial<Extract<TeamsBehaviour, { kind: "answer" }>> = {}) =>
  ({ kind: "answer", status, ...more }) as const;
const lie =
  "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId";

/** Webhooks that recover, and what each does first. */
function crooked(random: () => number): Record<string, TeamsBehaviour[]> {
  const some = (one: TeamsBehaviour, most: number) => Array(1 + Math.floor(random() * most)).fill(one);
  const date = new Date(Math.ceil((Date.now() + dateAheadMs) / 1_000) * 1_000).toUTCString();
  return {
    "seconds-429": [answer(429, { headers: { "retry-after": String(retrySeconds) } })],
    "date-429": [answer(429, { headers: { "retry-after": date } })],
    "fails-500": some(answer(500), 3),
    "fails-503": some(answer(503, { body: "busy" }), 3),
    resets: some({ kind: "reset" }, 3),
    hangs: [{ kind: "hang" }],
    drips: [{ kind: "drip", everyMs: 1_000 }],
    lies: some(answer(200, { body: lie, fails: true }), 3),
    // Five failures open the breaker, which the last one tells to stay open for so long.
    breaks: [
      ...Array(4).fill(answer(500)),
      answer(503, { headers: { "retry-after": String(retrySeconds) } }),
    ],
  };
}

/** The moment before which a webhook that answered so must not be asked again. */
function notBefore(failed: Received, behaviour: TeamsBehaviour): number | null {
  const asked = behaviour.kind === "answer" ? behaviour.headers?.["retry-after"] : undefined;
  if (asked === undefined) return null;
  return /^\d+$/.test(asked) ? failed.at + Number(asked) * 1_000 : Date.parse(asked);
}

async function breakerOf(channel: string): Promise<{ failures: number; open: boolean }> {
  const [row] = await db.sql<{ failures: number; open: boolean }[]>`
    select failures_in_row as failures, broken_until is not null as open from channels where name = ${channel}`;
  return row ?? { failures: Number.NaN, open: false };
}

test(
  `R8: webhooks that answer 429, 500, 503, hang, reset, drip, lie or show a wrong certificate get every message once and delay nobody (seed ${seed})`,
  async () => {
    const random = randomFrom(seed);
    await addTeams("good");
    await addWebhook("own");
    const alone = await loseAgents("alone");
    await takenAt("/good", alone, 30_000);
    await takenAt("/own", alone, 30_000);
    const usual = { good: await longestAt("good", alone), own: await longestAt("own", alone) };

    const names = Object.keys(crooked(random));
    for (const name of names) await addTeams(name);
    await addTeams("tls", wrongTls.url("/tls"));
    // Whoever can be told now is told of what fires already.
    for (const name of names) await takenAt(`/${name}`, alone, 30_000);
    for (let turn = 0; turn < tries; turn++) {
      const before = new Map<string, number>();
      const scripts = crooked(random);
      for (const name of names) {
        before.set(name, (await teams.received(`/${name}`)).length);
        await teams.script(`/${name}`, scripts[name] ?? []);
      }
      const lost = await loseAgents(`turn${turn}`);
      const opened = eventually(async () => (await breakerOf("breaks")).open, { timeoutMs: 60_000 });

      // The good ones first: nobody else's trouble is theirs.
      for (const path of ["/good", "/own"]) {
        for (const [name, times] of await takenAt(path, lost, 30_000))
          expect(times, `${path} ${name}`).toBe(1);
      }
      const now = { good: await longestAt("good", lost), own: await longestAt("own", lost) };
      for (const name of ["good", "own"] as const) {
        expect(now[name], `longest wait at ${name}, ${usual[name]} ms without bad ones`).toBeLessThan(
          usual[name] * slack.times + slack.ms,
        );
      }

      for (const name of names) {
        const taken = await takenAt(`/${name}`, lost, 90_000);
        for (const [agent, times] of taken) expect(times, `${name}: ${agent}`).toBe(1);
        const requests = (await teams.received(`/${name}`)).slice(before.get(name));
        for (const [index, request] of requests.entries()) {
          const fifth = requests[index + mostASecond];
          if (fifth)
            expect(fifth.at - request.at, `${name}: ${mostASecond + 1} requests`).toBeGreaterThan(
              secondAtSinkMs,
            );
        }
        for (const [index, behaviour] of (scripts[name] ?? []).entries()) {
          const failed = requests[index];
          const until = failed && notBefore(failed, behaviour);
          const next = requests[index + 1]?.at ?? 0;
          if (until) expect(next, `${name}: asked to wait`).toBeGreaterThanOrEqual(until);
        }
      }
      await opened;
      await eventually(async () => !(await breakerOf("breaks")).open);
      expect(await breakerOf("breaks")).toEqual({ failures: 0, open: false });
      console.log(
        `R8: longest wait at the good ones ${JSON.stringify(usual)} alone, ${JSON.stringify(now)} now.`,
      );
    }

    // The one that never recovers: nothing was sent, nothing is lost, and it is asked less and less.
    const waiting = await db.sql<{ state: string; waitMs: number; answer: string | null }[]>`
    select n.state, n.last_answer as answer,
      (extract(epoch from n.next_attempt_at - now()) * 1000)::float8 as "waitMs"
    from notifications n join channels c on c.id = n.channel_id where c.name = 'tls'`;
    expect(waiting).toHaveLength(agentsATurn * (tries + 1));
    for (const { state, waitMs } of waiting) {
      expect(state).toBe("pending");
      expect(waitMs).toBeLessThanOrEqual(5 * 60_000);
    }
    expect(waiting.map(({ answer }) => answer ?? "").join()).toMatch(/certificate/i);
    const tls = await breakerOf("tls");
    expect(tls.failures).toBeGreaterThanOrEqual(5);
    expect(tls.open).toBe(true);
    await expectChainWhole(db);
  },
  120_000 + 90_000 * tries,
);
