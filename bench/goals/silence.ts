import { createServer, type Server } from "node:http";
import type { StoredPolicy } from "@/contracts/watch/policy";
import type { Bench } from "../bench";
import { followCommits } from "../ground/commits";
import { connectFleet, watchBoard } from "../ground/connect";
import { agentIdOf, insertAgents } from "../ground/fleet-rows";
import { type Product, startProduct } from "../ground/product";
import type { Seen } from "../load/watchers";
import { nowMs, sleep } from "../measure/moment";
import { quantile, round } from "../measure/spread";

const count = 1_000;
const silenced = 50;
/** Fewer than the four a second that one webhook may get, so that nothing waits for its turn. */
const everyMs = 400;
const thresholdMs = 6_000;
const pauseMs = 2_000;

/** A webhook service: when the bytes about which agent came. */
async function startSink(cameMs: Map<string, number>): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const atMs = nowMs();
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const name = /worker-(\d{5})/.exec(body)?.[1];
      if (name && !cameMs.has(agentIdOf(Number(name)))) cameMs.set(agentIdOf(Number(name)), atMs);
      response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/hook`, server };
}

/** Each agent makes its own group, so that no alert waits for the next message about others: P11 looks at each. */
async function tellEachAlone(product: Product): Promise<void> {
  const headers = { cookie: product.cookie, "content-type": "application/json" };
  const answer = await fetch(`${product.url}/v1/alert-policy`, { headers });
  const { version, policy } = (await answer.json()) as StoredPolicy;
  const routes = policy.root.routes.map((route) => ({ ...route, groupBy: ["rule", "agent"] }));
  const changed = await fetch(`${product.url}/v1/alert-policy`, {
    method: "PUT",
    headers,
    body: JSON.stringify({ version, policy: { ...policy, root: { ...policy.root, routes } } }),
  });
  if (!changed.ok) throw new Error(`The policy was not changed: ${changed.status} ${await changed.text()}`);
}

/**
 * P12 and P11: 1,000 agents with clocks an hour off to either side beat; the server is stopped for 2 s twice; then
 * fifty fall silent one after the other, half of them with their connection open.
 */
export async function measureSilence(bench: Bench): Promise<void> {
  bench.say("P12, P11: silent agents, wrong clocks, a paused server");
  const db = await bench.database();
  const product = await startProduct(db.url);
  bench.after(() => product.close());
  await insertAgents(db.sql, 0, count);
  await product.end();
  await product.start();
  const sinkMs = new Map<string, number>();
  const sink = await startSink(sinkMs);
  bench.after(async () => sink.server.close());
  const made = await fetch(`${product.url}/v1/channels`, {
    method: "POST",
    headers: { cookie: product.cookie, "content-type": "application/json" },
    body: JSON.stringify({ kind: "teams", name: "bench", config: { url: sink.url } }),
  });
  if (made.status !== 201) throw new Error(`No channel was made: ${made.status} ${await made.text()}`);
  await tellEachAlone(product);
  const commits = await followCommits(db.url);
  bench.after(() => commits.stop());

  const fleet = await connectFleet(bench, count, {
    dialect: "product",
    port: product.port,
    beating: true,
    skewMs: 3_600_000,
  });
  const beganMs = nowMs();
  const watchers = bench.load("watchers");
  await watchBoard(watchers, product, 20);
  await sleep(4_000);
  for (let pause = 0; pause < 2; pause++) {
    product.pause();
    await sleep(pauseMs);
    product.resume();
    await sleep(8_000);
  }
  const before = await watchers.ask<Seen[]>("seen");
  const falseBefore = before.filter(({ status }) => status !== "online").length;

  const lastBeatMs = new Map<string, number>();
  for (let index = 0; index < silenced; index++) {
    const last = await fleet.ask<number>("silence", { index: index * 7, cut: index % 2 === 0 });
    lastBeatMs.set(agentIdOf(index * 7), last);
    await sleep(everyMs);
  }
  await sleep(thresholdMs + 3_000);
  const seconds = (nowMs() - beganMs) / 1_000;
  const after = (await watchers.ask<Seen[]>("seen")).filter(({ status }) => status !== "online");
  const falseAfter = after.filter(({ agentId }) => !lastBeatMs.has(agentId)).length;
  const offline = new Map(
    after.filter(({ status }) => status === "offline").map((one) => [one.agentId, one.atMs]),
  );
  const late = [...lastBeatMs].map(
    ([id, ms]) => (offline.get(id) ?? Number.POSITIVE_INFINITY) - ms - thresholdMs,
  );
  await fleet.end();
  await watchers.end();
  const periods = Math.round((count * seconds) / 2);
  const falseOnes = falseBefore + falseAfter;
  const [least, most] = [Math.min(...late), Math.max(...late)];
  bench.add({
    goal: "P12",
    what: `silent agent shown − due; false of ${periods}`,
    baseline: "–",
    product: `${round(least, 0)}…${round(most, 0)} ms; ${falseOnes} false`,
    ratio: "–",
    target: "0…1000 ms, 0 false",
    met: least >= 0 && most <= 1_000 && falseOnes === 0,
    detail: {
      lateMs: late.map((ms) => round(ms, 0)),
      p50: quantile(late, 0.5),
      agentPeriods: periods,
      falseBefore,
      falseAfter,
      falseOnes: [...before, ...after]
        .filter(({ agentId, status }) => status !== "online" && !lastBeatMs.has(agentId))
        .map(({ status, atMs, agentId }) => ({ agentId, status, atMs: round(atMs - beganMs, 0) })),
    },
  });
  const ids = [...lastBeatMs.keys()];
  const step = (from: Map<string, number>, to: Map<string, number>) =>
    ids.map((id) => (to.get(id) ?? Number.POSITIVE_INFINITY) - (from.get(id) ?? Number.NaN));
  const outbox = step(commits.offlineMs, commits.outboxMs);
  const bytes = step(commits.offlineMs, sinkMs);
  // All of it: from the moment at which silence became too long until the request is there.
  const whole = ids
    .map((id) => (sinkMs.get(id) ?? Number.POSITIVE_INFINITY) - (lastBeatMs.get(id) ?? Number.NaN))
    .map((ms) => ms - thresholdMs);
  await commits.stop();
  bench.add({
    goal: "P11",
    what: "breach → outbox; → bytes at the sink, p99",
    baseline: "–",
    product: `${quantile(outbox, 0.99)}; ${quantile(bytes, 0.99)} ms`,
    ratio: "–",
    target: "≤ 100; ≤ 300 ms",
    met: quantile(outbox, 0.99) <= 100 && quantile(bytes, 0.99) <= 300,
    detail: {
      p50: { outbox: quantile(outbox, 0.5), sink: quantile(bytes, 0.5) },
      thresholdToSinkMs: { p50: quantile(whole, 0.5), p99: quantile(whole, 0.99) },
      outboxMs: outbox.map((ms) => round(ms, 1)),
      sinkMs: bytes.map((ms) => round(ms, 1)),
    },
  });
  await product.close();
}
