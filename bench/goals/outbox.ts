import type { Bench, Sql } from "../bench";
import { agentIdOf, insertAgents } from "../ground/fleet-rows";
import { type Product, patient, startProduct } from "../ground/product";
import { nowMs, sleep } from "../measure/moment";
import { median, round } from "../measure/spread";

const channels = 20;
const messages = 3_000;
const pairs = 3;
const withinMs = 60_000;

type Came = { atMs: number; path: string };

async function makeChannels(product: Product, port: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < channels; index++) {
    const answer = await fetch(`${product.url}/v1/channels`, {
      method: "POST",
      headers: { cookie: product.cookie, "content-type": "application/json" },
      body: JSON.stringify({
        kind: "webhook",
        name: `sink ${index}`,
        config: { url: `http://127.0.0.1:${port}/own-${index}` },
      }),
    });
    if (answer.status !== 201) throw new Error(`No channel: ${answer.status} ${await answer.text()}`);
    ids.push(((await answer.json()) as { id: string }).id);
  }
  return ids;
}

/** Messages about one alert each, as the notifier would have written them, in one statement a table. */
async function insertMessages(sql: Sql, round: number, channelIds: string[]): Promise<void> {
  const agentIds = Array.from({ length: messages }, (_, at) => agentIdOf(at));
  await sql.begin(async (tx) => {
    await tx`
      insert into alerts (id, account_id, rule_id, rule_version, rule_name, kind, severity, state, subject_kind, subject_id,
        subject_name, agent_id, tags, labels, summary, since, fired_at, resolved_at, flapping)
      select 'alr_' || ${round}::int || '_' || ix, 'acc_main', (select id from rules order by id limit 1), 1, 'bench', 'offline', 'critical',
        'resolved', 'agent', id, 'worker', id, '{}', '{}', 'Silent for 6 s when noticed.', now(), now(), now(), false
      from unnest(${agentIds}::text[]) with ordinality as x(id, ix)`;
    await tx`
      insert into alert_groups (id, account_id, route_id, key, opened_at, escalated_steps, closed_at)
      select 'agr_' || ${round}::int || '_' || ix, 'acc_main', 'bench', ix::text, now(), 0, now() from generate_series(1, ${messages}::int) ix`;
    await tx`
      insert into notifications (id, account_id, group_id, channel_id, event, title, severity, firing_count, resolved_count,
        state, attempts, next_attempt_at, created_at)
      select 'ntf_' || ${round}::int || '_' || ix, 'acc_main', 'agr_' || ${round}::int || '_' || ix,
        (${channelIds}::text[])[1 + ix % ${channels}::int], 'firing', 'worker', 'critical', 1, 0, 'pending', 0, now(), now()
      from generate_series(1, ${messages}::int) ix`;
    await tx`
      insert into notification_alerts (notification_id, alert_id, channel_id, "as")
      select 'ntf_' || ${round}::int || '_' || ix, 'alr_' || ${round}::int || '_' || ix,
        (${channelIds}::text[])[1 + ix % ${channels}::int], 'firing' from generate_series(1, ${messages}::int) ix`;
  });
}

/** P13: what waits in the outbox for 20 webhooks, delivered, beside bare requests to the same service. */
export async function measureOutbox(bench: Bench): Promise<void> {
  bench.say(`P13: ${messages} messages to ${channels} webhooks`);
  const db = await bench.database();
  await insertAgents(db.sql, 0, messages);
  const product = await startProduct(db.url, patient);
  bench.after(() => product.close());
  const sink = await bench.floor("sink");
  const raw = await bench.floor("raw-post");
  const channelIds = await makeChannels(product, sink.port);
  const measured: { rawPerSecond: number; ownPerSecond: number }[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const tookMs = await raw.ask<number>("post", { port: sink.port, count: messages, atOnce: channels });
    await sink.ask("take");
    await insertMessages(db.sql, pair, channelIds);
    const limitMs = nowMs() + withinMs;
    while ((await sink.ask<number>("count")) < messages && nowMs() < limitMs) await sleep(50);
    const came = await sink.ask<Came[]>("take");
    const spanMs = (came.at(-1)?.atMs ?? 0) - (came[0]?.atMs ?? 0);
    measured.push({
      rawPerSecond: round((messages / tookMs) * 1_000, 0),
      ownPerSecond: came.length < messages ? 0 : round((came.length / spanMs) * 1_000, 0),
    });
  }
  await product.close();
  const ratio = median(measured.map(({ rawPerSecond, ownPerSecond }) => ownPerSecond / rawPerSecond));
  bench.add({
    goal: "P13",
    what: "outbox deliveries/s",
    baseline: `${median(measured.map((one) => one.rawPerSecond))}/s`,
    product: `${median(measured.map((one) => one.ownPerSecond))}/s`,
    ratio: round(ratio).toFixed(2),
    target: "≥ 0.7",
    met: ratio >= 0.7,
    detail: { messages, channels, pairs: measured },
  });
}
