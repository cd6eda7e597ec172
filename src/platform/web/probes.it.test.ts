import { createServer } from "node:http";
import { BlockList } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerProbe } from "./probes";

const well = { db: true, bus: true, workers: true, since: 0, note: null };
let lags = { evaluationLagMs: 12, deliveryLagMs: null as number | null, late: [] as string[] };
let health: { db: boolean; bus: boolean; workers: boolean; since: number; note: string | null } = well;
const server = createServer((request, response) => {
  const probes = {
    health: () => health,
    lags: () => lags,
    metricsToken: undefined,
    trustedProxies: new BlockList(),
  };
  if (!answerProbe(request, response, probes)) response.writeHead(404).end();
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function readyz() {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  return { status: answer.status, body: await answer.json() };
}

test("readiness tells how far behind watching and telling are, and fails with words when one is late", async () => {
  expect(await readyz()).toEqual({
    status: 200,
    body: {
      status: "ready",
      reason: null,
      database: true,
      bus: true,
      workers: true,
      evaluationLagMs: 12,
      deliveryLagMs: null,
    },
  });
  lags = { evaluationLagMs: 75_000, deliveryLagMs: 5, late: ["Rules are evaluated 1 min late."] };
  expect(await readyz()).toMatchObject({
    status: 503,
    body: { status: "not ready", reason: "Rules are evaluated 1 min late.", evaluationLagMs: 75_000 },
  });
  health = { ...well, db: false, note: "The database does not answer." };
  expect(await readyz()).toMatchObject({ status: 503, body: { reason: "The database does not answer." } });
});
