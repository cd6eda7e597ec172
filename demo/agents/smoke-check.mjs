/** Asks Mission Control's own health page, times it, and looks closer when it is slow. */
import { clockTime, error, info, options, progress, sleep, state, task, warn } from "./say.mjs";

const { url, every } = options({ url: process.env.MC_URL ?? "http://127.0.0.1:3000", every: "5" });
const times = [];

for (;;) {
  state("working");
  task(`Asking ${url}/healthz`);
  const began = performance.now();
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5_000) });
    await answer.text();
    const ms = Math.round((performance.now() - began) * 10) / 10;
    times.push(ms);
    if (times.length > 60) times.shift();
    const middle = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
    if (answer.status !== 200) error(`healthz answered ${answer.status}`);
    else if (ms > 250) warn(`healthz took ${ms} ms, usual are ${middle} ms`);
    else info(JSON.stringify({ level: 30, msg: "healthz", status: answer.status, ms, medianMs: middle }));
    state("idle");
    task(`Passed ${clockTime(new Date())} in ${ms} ms, median ${middle} ms`);
  } catch (fault) {
    error(`healthz did not answer: ${fault.cause?.code ?? fault.message}`);
    task(`No answer at ${clockTime(new Date())}`);
  }
  progress();
  await sleep(Number(every) * 1_000);
}
