import type { Bench } from "../bench";
import { agentIdOf, insertAgents, keyOf } from "../ground/fleet-rows";
import { patient, startProduct } from "../ground/product";
import type { Clicked } from "../load/click-times";
import { median, round } from "../measure/spread";

const load = { agents: 200, watchers: 50, rate: 50, ms: 3_000 };
const pairs = 5;

/** P10: from the click to the agent, and to "done" on every watcher, beside the least that a command can be. */
export async function measureCommands(bench: Bench): Promise<void> {
  bench.say("P10: 50 commands/s, 200 agents, 50 watchers");
  const db = await bench.database();
  const product = await startProduct(db.url, patient);
  bench.after(() => product.close());
  await insertAgents(db.sql, 0, load.agents);
  await product.end();
  await product.start();
  const floor = await bench.floor("commands", [db.url]);
  const clicks = bench.load("clicks");
  const agents = Array.from({ length: load.agents }, (_, index) => ({
    id: agentIdOf(index),
    key: keyOf(index),
  }));
  await clicks.ask("open", {
    port: product.port,
    floorPort: floor.port,
    cookie: product.cookie,
    agents,
    watchers: load.watchers,
  });
  const measured: { floor: Clicked; product: Clicked }[] = [];
  const click = (side: string) => clicks.ask<Clicked>("click", { side, rate: load.rate, ms: load.ms });
  await click("floor");
  await click("product");
  for (let pair = 0; pair < pairs; pair++) {
    const first = await click("floor");
    measured.push({ floor: first, product: await click("product") });
  }
  await clicks.end();
  await floor.end();
  await product.close();
  const parts = [
    ["click → agent, p99", "atAgent"],
    ["click → done on all watchers, p99", "doneEverywhere"],
  ] as const;
  const lost = measured.reduce((sum, { product: own }) => sum + own.clicks - own.doneEverywhere.count, 0);
  for (const [what, part] of parts) {
    const ratio = median(measured.map((pair) => pair.product[part].p99 / pair.floor[part].p99));
    bench.add({
      goal: "P10",
      what,
      baseline: `${round(median(measured.map((pair) => pair.floor[part].p99)))} ms`,
      product: `${round(median(measured.map((pair) => pair.product[part].p99)))} ms`,
      ratio: round(ratio).toFixed(2),
      target: "≤ 3",
      met: ratio <= 3 && lost === 0,
      detail: { pairs: measured, notDone: lost },
    });
  }
}
