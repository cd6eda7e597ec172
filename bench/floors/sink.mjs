import http from "node:http";

/**
 * A webhook service in a process of its own. Keeps when each request came (CLOCK_MONOTONIC) and the beginning of its
 * body; `take` hands over what came since the last time.
 */
const kept = 2_000;
let came = [];
const server = http.createServer((request, response) => {
  const atMs = Number(process.hrtime.bigint()) / 1e6;
  let body = "";
  request.on("data", (chunk) => {
    if (body.length < kept) body += chunk;
  });
  request.on("end", () => {
    came.push({ atMs, path: request.url, body: body.slice(0, kept) });
    response.writeHead(202).end();
  });
});
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("message", ({ id, order }) => {
  if (order === "count") return void process.send({ id, answer: came.length });
  const answer = came;
  came = [];
  process.send({ id, answer });
});
process.on("disconnect", () => process.exit(0));
