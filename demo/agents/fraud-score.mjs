/** Scores orders against a small model that it trains on them: steady, light use of the processor. */
import { count, info, pick, progress, sleep, state, task, warn } from "./say.mjs";

const weights = new Float64Array(64).map(() => Math.random() - 0.5);
const countries = ["DE", "FR", "IT", "PL", "US"];
let scored = 0;
let rate = 0;

state("working");
for (;;) {
  const began = performance.now();
  for (let i = 0; i < 12; i++) {
    const order = new Float64Array(64).map(() => Math.random());
    let score = 0;
    for (let round = 0; round < 4_000; round++) {
      score = 1 / (1 + Math.exp(-order.reduce((sum, value, at) => sum + value * weights[at], 0)));
      for (let at = 0; at < 64; at++) weights[at] -= 0.0001 * (score - 0.5) * order[at];
    }
    scored += 1;
    if (Math.random() < 0.01)
      warn(`Order ${scored} from ${pick(countries)} scores ${score.toFixed(3)}: held back`);
  }
  rate = Math.round(12 / ((performance.now() - began + 900) / 1_000));
  task(`Scoring ${rate} orders a second, ${count(scored)} today`);
  if (scored % 240 === 0) info(`${count(scored)} orders scored`);
  progress();
  await sleep(900);
}
