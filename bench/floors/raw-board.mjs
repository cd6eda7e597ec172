import http from "node:http";
import { WebSocketServer } from "ws";

/**
 * Floor of P1, P2 and P3: the same job over raw ws. Beats come in and are answered at once, the latest of each agent
 * is sent to every watcher as one frame of tuples every 10 ms. No login, no validation, no database, no history.
 */
const tickMs = 10;
const server = http.createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
const watchers = new Set();
let dirty = new Map();
let seq = 0;

sockets.on("connection", (socket, request) => {
  if (request.url === "/watch") {
    watchers.add(socket);
    socket.on("close", () => watchers.delete(socket));
    return;
  }
  socket.on("message", (data) => {
    const { id, ack, beat } = JSON.parse(data);
    dirty.set(id, beat);
    socket.send(`{"ack":${ack}}`);
  });
});

setInterval(() => {
  if (dirty.size === 0) return;
  const beats = Array.from(dirty, ([id, { metrics }]) => [
    id,
    0,
    0,
    Math.round(metrics.cpuPercent * 10),
    Math.round(metrics.memoryBytes / 1024),
    0,
  ]);
  dirty = new Map();
  const frame = JSON.stringify({ s: ++seq, t: Date.now(), b: beats });
  for (const watcher of watchers) watcher.send(frame);
}, tickMs);

/** Messages to every watcher one by one, `rate` a second for `ms`: answers the CPU of one delivery in µs. */
async function single({ rate, ms }) {
  const pad = "x".repeat(110);
  const before = process.cpuUsage();
  const start = performance.now();
  let sent = 0;
  while (performance.now() - start < ms) {
    for (const due = ((performance.now() - start) / 1_000) * rate; sent < due; sent++) {
      const message = JSON.stringify({
        type: "beat",
        n: sent,
        agent: `agent-${sent % 10_000}`,
        cpu: 12.5,
        memory: 44,
        pad,
      });
      for (const watcher of watchers) watcher.send(message);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const used = process.cpuUsage(before);
  const deliveries = sent * watchers.size;
  return { deliveries, cpuUs: (used.user + used.system) / deliveries };
}

process.on("message", async ({ id, with: order }) => process.send({ id, answer: await single(order) }));
process.on("disconnect", () => process.exit(0));
server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () =>
  process.send({ port: server.address().port }),
);
