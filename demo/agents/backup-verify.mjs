/** Writes a backup, then proves it: every block is read again and compared with its digest. */
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { about, error, folder, info, progress, restFor, state, task } from "./say.mjs";

const store = folder("backup");
const digestOf = (bytes) => createHash("sha256").update(bytes).digest("hex");
const blocks = 16;

for (let run = 1; ; run++) {
  state("working");
  const digests = [];
  for (let block = 1; block <= blocks; block++) {
    task(`Backing up block ${block} of ${blocks}`);
    const bytes = randomBytes(512 * 1024);
    writeFileSync(join(store, `block-${block}.bin`), bytes);
    digests.push(digestOf(bytes));
    progress();
    await about(400);
  }
  let broken = 0;
  for (let block = 1; block <= blocks; block++) {
    task(`Verifying block ${block} of ${blocks}`);
    const path = join(store, `block-${block}.bin`);
    // Every seventh run a bit flips on the disk of this demo, so that there is something to find.
    if (run % 7 === 0 && block === 5) writeFileSync(path, randomBytes(512 * 1024));
    if (digestOf(readFileSync(path)) !== digests[block - 1]) {
      broken += 1;
      error(`Block ${block} differs from its digest: it is copied again`);
    }
    progress();
    await about(400);
  }
  info(`Run ${run}: ${blocks} blocks, ${broken === 0 ? "all whole" : `${broken} broken and copied again`}`);
  await restFor(40);
}
