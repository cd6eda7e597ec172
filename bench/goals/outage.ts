import type { Bench, Sql } from "../bench";
import type { Child } from "../ground/child";
import type { Product } from "../ground/product";
import type { Seen } from "../load/watchers";
import { cpuMs } from "../measure/cpu";
import { nowMs, sleep } from "../measure/moment";
import { round } from "../measure/spread";
import { type Crowd, connectCrowd } from "./storm";

const count = 10_000;
const metricRules = 50;
/** Within so long everybody beats once, at this size of the fleet. */
const beatsWithinMs = 15_000;
/** What may pass between a silence that is long enough and what shows it. */
const promptMs = 2_000;
/** How long cards are counted after the last silence was due, and after everybody is back. */
const [watchedMs, returnMs] = [8_000, 25_000];

type Came = { atMs: number; body: string };

/** The first lines that a card shows: its word, its title, what it tells. */
function wordsOf(card: string): string {
  return [...card.matchAll(/"text":("(?:[^"\\]|\\.)*")/g)]
    .slice(0, 3)
    .map(([, text]) => String(JSON.parse(text ?? '""')))
    .join(" · ");
}

async function call(product: Product, method: string, path: string, body?: unknown): Promise<Response> {
  const answer = await fetch(`${product.url}/v1${path}`, {
    method,
    headers: { cookie: product.cookie, "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** Rules that nobody breaks: each minute of each agent is judged by each of them. */
async function makeRules(product: Product): Promise<void> {
  for (let index = 0; index < metricRules; index++) {
    await call(product, "POST", "/rules", {
      name: `bench ${index}`,
      scope: { kind: "all" },
      condition: { kind: "metric", metric: "cpuPercent", op: "above", value: 101 + index },
      severity: "warning",
    });
  }
}

/** `nextWhole`: the first minute in which, from now on, everybody beats. */
type Judged = { minute: number; seconds: number; nextWhole: number };

/** Minutes that the evaluator has judged, and its time for all looks at them, as the product itself measures it. */
async function minutesJudged(product: Product, sql: Sql): Promise<Judged> {
  const text = await (await fetch(`${product.url}/metrics`)).text();
  const sum = /^mc_evaluation_pass_seconds_sum{reader="metric"} ([\d.e+-]+)$/m.exec(text)?.[1];
  const [cursor] = await sql<
    { seq: string }[]
  >`select seq from cursors where name = 'metric-minutes:acc_main'`;
  const nextWhole = Math.floor((Date.now() + beatsWithinMs) / 60_000);
  return { minute: Number(cursor?.seq ?? 0) / 60_000, seconds: Number(sum ?? 0), nextWhole };
}

/** How long an agent may be silent at this size of the fleet, as the product tells its readers. */
async function thresholdOf(product: Product): Promise<number> {
  const { items } = (await (await call(product, "GET", "/agents?limit=1")).json()) as {
    items: { evidence: { silentAfterMs: number } }[];
  };
  return items[0]?.evidence.silentAfterMs ?? Number.NaN;
}

/**
 * When the first and the last silence were due, in ms since `since`: agents beat in turn, so when all die at once
 * their last beats lie an interval apart.
 */
async function dueAfter(
  sql: Sql,
  since: Date,
  thresholdMs: number,
): Promise<{ first: number; last: number }> {
  const [row] = await sql<{ first: number; last: number }[]>`
    select (extract(epoch from min(last_beat_at) - ${since.toISOString()}::timestamptz) * 1000)::float8 as first,
      (extract(epoch from max(last_beat_at) - ${since.toISOString()}::timestamptz) * 1000)::float8 as last
    from agent_presence`;
  return { first: (row?.first ?? Number.NaN) + thresholdMs, last: (row?.last ?? Number.NaN) + thresholdMs };
}

/** When the inbox had the outage, in ms since then. */
async function firstInInbox(sql: Sql, since: Date): Promise<number> {
  const [row] = await sql<{ ms: number | null }[]>`
    select (extract(epoch from min(at) - ${since.toISOString()}::timestamptz) * 1000)::float8 as ms
    from inbox_messages where event = 'firing' and at >= ${since.toISOString()}::timestamptz`;
  return row?.ms ?? Number.POSITIVE_INFINITY;
}

/** Least that an outage costs: its rows, written again by bare statements of a thousand, committed one by one. */
async function writeBare(sql: Sql, since: Date): Promise<{ rows: number; ms: number }> {
  const tables = { alerts: "fired_at", facts: "at", alert_states: "changed_at", alert_steps: "at" };
  let [rows, ms] = [0, 0];
  for (const [table, moment] of Object.entries(tables)) {
    await sql.unsafe(`create table bare_${table} (like ${table} including defaults including indexes)`);
    const found = await sql.unsafe(`select * from ${table} where ${moment} >= $1::timestamptz`, [
      since.toISOString(),
    ]);
    const columns = Object.keys(found[0] ?? {});
    for (let from = 0; from < found.length; from += 1_000) {
      const part = JSON.stringify(found.slice(from, from + 1_000));
      const startMs = nowMs();
      await sql.unsafe(
        `insert into bare_${table} select * from jsonb_populate_recordset(null::bare_${table}, $1::text::jsonb)`,
        [part],
      );
      ms += nowMs() - startMs;
    }
    rows += columns.length > 0 ? found.length : 0;
  }
  return { rows, ms };
}

/** A channel and the rules, and how much was judged before: `measureOutage` goes on from there. */
export type Prepared = { sink: Child & { port: number }; start: Judged };

export async function prepareOutage(bench: Bench, { product }: Crowd, sql: Sql): Promise<Prepared> {
  const sink = await bench.floor("sink");
  await call(product, "POST", "/channels", {
    kind: "teams",
    name: "bench",
    config: { url: `http://127.0.0.1:${sink.port}/teams` },
  });
  await makeRules(product);
  return { sink, start: await minutesJudged(product, sql) };
}

/**
 * R9 and the cost of rules: 10,000 agents under 50 metric rules; then all of them are gone within a second, and come
 * back. What leaves the house, when, and what it costs beside bare statements that write the same rows. Ends the
 * crowd's agents.
 */
export async function measureOutage(
  bench: Bench,
  crowd: Crowd,
  sql: Sql,
  { sink, start }: Prepared,
): Promise<void> {
  bench.say(`R9: all of ${count} agents gone at once, under ${metricRules} rules`);
  const { product, watchers } = crowd;
  // The first minute of which everybody tells something, now that the rules are there.
  const limitMs = nowMs() + 150_000;
  let judged = await minutesJudged(product, sql);
  while (judged.minute < start.nextWhole && nowMs() < limitMs) {
    await sleep(500);
    judged = await minutesJudged(product, sql);
  }
  const minutes = judged.minute - start.minute;
  const msAMinute = ((judged.seconds - start.seconds) / minutes) * 1_000;
  bench.add({
    goal: "R9",
    what: `a minute of ${count} agents judged by ${metricRules} rules`,
    baseline: "–",
    // What waits for the database is in it, so of the server's thread it is less than this share.
    product: `${round(msAMinute, 0)} ms, < ${round(msAMinute / 600, 1)} % CPU`,
    ratio: "–",
    target: "≤ 1000 ms",
    met: minutes > 0 && msAMinute <= 1_000,
    detail: { minutes, seconds: judged.seconds - start.seconds, decisionsAMinute: count * metricRules },
  });

  await sink.ask("take");
  const thresholdMs = await thresholdOf(product);
  const cpuBefore = cpuMs(product.pid());
  const goneMs = nowMs();
  const goneAt = new Date();
  await crowd.fleet.end();
  await sleep(thresholdMs + watchedMs);
  const cpuTook = cpuMs(product.pid()) - cpuBefore;
  const cards = await sink.ask<Came[]>("take");
  const offline = (await watchers.ask<Seen[]>("seen")).filter(({ status }) => status === "offline");
  const due = await dueAfter(sql, goneAt, thresholdMs);
  const inboxMs = await firstInInbox(sql, goneAt);
  const bare = await writeBare(sql, goneAt);
  const second = await connectCrowd(bench, product);
  await sleep(returnMs);
  const after = await sink.ask<Came[]>("take");
  const firing = (await (await call(product, "GET", "/alerts?state=firing&limit=5")).json()) as {
    items: unknown[];
  };
  await second.end();
  const firstMs = (cards[0]?.atMs ?? Number.POSITIVE_INFINITY) - goneMs - due.first;
  const shownMs = Math.max(...offline.map(({ atMs }) => atMs)) - goneMs - due.last;
  const toldMs = inboxMs - due.first;
  const all = cards.length + after.length;
  bench.add({
    goal: "R9",
    what: `all ${count} agents die at once: after silence was due`,
    baseline: `${bare.rows} rows in ${round(bare.ms, 0)} ms`,
    product: `${all} cards, first ${round(firstMs, 0)} ms, inbox ${round(toldMs, 0)} ms, board ${round(shownMs, 0)} ms`,
    ratio: round(cpuTook / bare.ms).toFixed(2),
    target: `≤ 5 cards, ≤ ${promptMs} ms, all shown, resolved told`,
    met:
      all <= 5 &&
      after.length > 0 &&
      Math.max(firstMs, toldMs, shownMs) <= promptMs &&
      new Set(offline.map(({ agentId }) => agentId)).size === count &&
      firing.items.length === 0,
    detail: {
      cards: [...cards, ...after].map(({ atMs, body }) => ({
        ms: round(atMs - goneMs, 0),
        says: wordsOf(body),
      })),
      thresholdMs,
      due,
      serverCpuMs: cpuTook,
      bare,
      offline: offline.length,
      stillFiring: firing.items.length,
    },
  });
}
