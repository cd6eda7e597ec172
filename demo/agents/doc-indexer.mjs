/** Watches a folder that another agent writes into, and keeps an index of words over it. */
import { readFileSync, watch } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { count, folder, info, progress, sleep, state, task, warn } from "./say.mjs";

const docs = folder("docs");
const index = new Map();
const known = new Set();
let wake = () => {};
watch(docs, () => wake());

async function add(file) {
  state("working");
  task(`Indexing ${file}, ${count(known.size)} documents so far`);
  const text = readFileSync(join(docs, file), "utf8");
  const words = text.toLowerCase().match(/[a-z€]{3,}/g) ?? [];
  for (const word of words) index.set(word, (index.get(word) ?? new Set()).add(file));
  known.add(file);
  info(`${file}: ${words.length} words, ${count(index.size)} different ones in the index`);
  progress();
  await sleep(700);
}

for (;;) {
  for (const file of (await readdir(docs)).sort()) {
    if (known.has(file)) continue;
    try {
      await add(file);
    } catch (fault) {
      known.add(file);
      warn(`${file} went away before it was read (${fault.code})`);
    }
  }
  state("idle");
  task(`Watching for documents, ${count(known.size)} indexed, ${count(index.size)} words`);
  // A change may have been missed while the folder was read: it is looked at again every so often.
  await Promise.race([
    new Promise((resolve) => {
      wake = resolve;
    }),
    sleep(15_000),
  ]);
}
