/** Reads three streams and samples them: lines of every level and in the formats that real programs write. */
import { about, chance, count, pick, progress, state, task } from "./say.mjs";

const routes = ["/orders", "/cart", "/login", "/search?q=lamp", "/stock/4711", "/refunds"];
let seen = 0;

function line() {
  const ms = Math.round(5 + Math.random() ** 4 * 900);
  const route = pick(routes);
  const now = new Date().toISOString();
  if (chance(0.02)) return `${now} ERROR upstream timed out after 5000 ms on ${route}`;
  if (chance(0.02)) return JSON.stringify({ level: 50, time: Date.now(), msg: "card declined twice", route });
  if (ms > 500) return `${now} WARN slow answer: ${ms} ms on ${route}`;
  if (chance(0.15)) return `level=debug msg="cache miss" route=${route} took=${ms}ms`;
  if (chance(0.3)) return JSON.stringify({ level: 30, time: Date.now(), msg: "request", route, ms });
  return `\u001b[32mINFO\u001b[0m GET ${route} 200 ${ms} ms`;
}

state("working");
for (;;) {
  const burst = 1 + Math.floor(Math.random() * 4);
  for (let i = 0; i < burst; i++) console.log(line());
  seen += burst * 40;
  task(`Reading 3 streams, ${count(seen)} lines seen, 1 of 40 kept`);
  progress();
  await about(900);
}
