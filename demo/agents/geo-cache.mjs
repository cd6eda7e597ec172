/** Keeps places in a cache; about every 90 s it meets a broken entry and crashes, as programs do. */
import { about, count, debug, info, progress, sleep, state, task, warn } from "./say.mjs";

const cache = new Map();
const crashAt = Date.now() + (60 + Math.random() * 60) * 1_000;
let hits = 0;

info("Cache is cold.");
for (let round = 1; ; round++) {
  state("working");
  for (let i = 0; i < 25; i++) {
    const place = `${(Math.random() * 4).toFixed(1)},${(Math.random() * 4).toFixed(1)}`;
    if (cache.has(place)) hits += 1;
    else cache.set(place, { seen: Date.now() });
    task(`Looking up ${place}, ${count(cache.size)} places, ${count(hits)} hits`);
    progress();
    await sleep(120);
  }
  debug(`round ${round}: ${cache.size} places`);
  if (Date.now() > crashAt - 10_000) warn("Entry 3.1,2.7 looks odd: no coordinates");
  if (Date.now() > crashAt) {
    const broken = cache.get("nowhere");
    console.error(`Refreshing ${broken.seen}`);
  }
  state("idle");
  task(`Nothing to look up, ${count(cache.size)} places kept`);
  await about(5_000);
}
