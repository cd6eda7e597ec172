/** Serves a small site of its own on the loopback address and checks every link of it. */
import { createServer } from "node:http";
import { count, error, info, progress, restFor, sleep, state, task, warn } from "./say.mjs";

const pages = 60;
const site = createServer((request, response) => {
  const page = Number(request.url?.slice(1));
  if (!(page >= 0 && page < pages)) return response.writeHead(404).end("There is no such page.");
  const links = [page * 2 + 1, page * 2 + 2, page + 7].filter((next) => next < pages);
  if (page === 23) links.push(404);
  const body = links.map((next) => `<a href="/${next}">Page ${next}</a>`).join("");
  setTimeout(
    () => response.writeHead(200, { "content-type": "text/html" }).end(body),
    page % 17 === 3 ? 400 : 15,
  );
});
await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${site.address().port}`;

for (let round = 1; ; round++) {
  state("working");
  const seen = new Set(["/0"]);
  let broken = 0;
  let checked = 0;
  for (const path of seen) {
    const began = performance.now();
    const answer = await fetch(origin + path);
    const body = await answer.text();
    const ms = Math.round(performance.now() - began);
    checked += 1;
    task(`Page ${count(checked)} of ${count(seen.size)}${broken ? `, ${broken} broken` : ""}`);
    if (answer.status !== 200) {
      broken += 1;
      error(`${path} answers ${answer.status}`);
    } else if (ms > 300) warn(`${path} is slow: ${ms} ms`);
    for (const [, next] of body.matchAll(/href="([^"]+)"/g)) seen.add(next);
    progress();
    await sleep(350);
  }
  info(`Round ${round}: ${checked} pages, ${broken} broken`);
  await restFor(25, "Next round at");
}
