import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { BlockList } from "node:net";
import type { HealthState } from "../health";
import { metrics } from "../metrics";
import { isFromThisMachine } from "./client-address";

type Probes = {
  health(): HealthState;
  /** How far behind watching and telling are; `late`: what is so in sentences, which makes the server not ready. */
  lags?(): { evaluationLagMs: number | null; deliveryLagMs: number | null; late: string[] };
  /** Bearer that may read `/metrics`; without one, only the machine itself may. */
  metricsToken: string | undefined;
  trustedProxies: BlockList;
};

/**
 * `/healthz`: the process lives · `/readyz`: database, bus and workers answer and watching keeps up, else 503 with the reason ·
 * `/metrics`: Prometheus text. Answers whether the request was one of these.
 */
export function answerProbe(request: IncomingMessage, response: ServerResponse, probes: Probes): boolean {
  const path = request.url?.split("?")[0];
  if (path === "/healthz") {
    answer(response, 200, { status: "ok" });
    return true;
  }
  if (path === "/readyz") {
    const health = probes.health();
    const { late, ...lags } = probes.lags?.() ?? { late: [] };
    const ready = health.db && health.bus && health.workers && late.length === 0;
    answer(response, ready ? 200 : 503, {
      status: ready ? "ready" : "not ready",
      reason: health.note ?? (late.join(" ") || null),
      database: health.db,
      bus: health.bus,
      workers: health.workers,
      ...lags,
    });
    return true;
  }
  if (path === "/metrics") {
    void answerMetrics(request, response, probes);
    return true;
  }
  return false;
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
  });
  response.end(JSON.stringify(body));
}

async function answerMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { metricsToken: token, trustedProxies }: Probes,
): Promise<void> {
  if (!mayRead(request, token, trustedProxies)) {
    const message =
      "Metrics take the bearer token of MC_API_TOKEN, or a request from the machine itself when none is set.";
    answer(response, 401, { error: { code: "unauthenticated", message } });
    return;
  }
  const text = await metrics.metrics();
  response.writeHead(200, { "Content-Type": metrics.contentType });
  response.end(text);
}

function mayRead(request: IncomingMessage, token: string | undefined, trusted: BlockList): boolean {
  if (!token) return isFromThisMachine(request, trusted);
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
