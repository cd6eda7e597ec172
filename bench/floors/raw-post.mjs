import http from "node:http";

/** Floor of P13: posts bodies over kept connections, so many at a time, and does nothing else. */
const agent = new http.Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
const body = JSON.stringify({ text: "x".repeat(1_500) });

function post(port, path) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: "127.0.0.1",
        port,
        path,
        method: "POST",
        agent,
        headers: { "content-type": "application/json" },
      },
      (response) => response.resume().once("end", resolve),
    );
    request.once("error", reject);
    request.end(body);
  });
}

process.on("message", async ({ id, with: { port, count, atOnce } }) => {
  const started = performance.now();
  let left = count;
  const lane = async (path) => {
    while (left-- > 0) await post(port, path);
  };
  await Promise.all(Array.from({ length: atOnce }, (_, at) => lane(`/raw-${at}`)));
  process.send({ id, answer: performance.now() - started });
});
process.on("disconnect", () => process.exit(0));
process.send({ port: 0 });
