/** Embeds products: its memory grows with the catalogue and falls when the index is written out. */
import { randomFillSync } from "node:crypto";
import { count, info, progress, restFor, sleep, state, task } from "./say.mjs";

const products = 160;
const bytesEach = 1024 * 1024;

for (let edition = 1; ; edition++) {
  state("working");
  let vectors = [];
  for (let product = 1; product <= products; product++) {
    // Filled, so that the memory is really used and not only promised.
    vectors.push(randomFillSync(Buffer.allocUnsafeSlow(bytesEach)));
    if (product % 2 === 0) task(`Embedding products, ${Math.round((product / products) * 100)} % done`);
    if (product % 40 === 0)
      info(`${count(product * 250)} products embedded, ${count(vectors.length)} MiB held`);
    progress();
    await sleep(450);
  }
  info(`Edition ${edition} written: ${count(products * 250)} products; the memory is given back`);
  vectors = [];
  globalThis.gc?.();
  await restFor(20, "Next edition at");
}
